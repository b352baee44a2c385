import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lookAlike } from '../../src/ingest/folding.js';
import { nameKey, nameTokens, slug, wholeNameToken } from '../../src/ingest/names.js';

/** Words of names: letters of several scripts, digits, and the signs that count. */
const word = fc
  .tuple(fc.stringMatching(/^[A-Za-zé日本αβДж]{1,6}$/), fc.stringMatching(/^[0-9]{0,3}[+#]{0,2}$/))
  .map(([letters, rest]) => `${letters}${rest}`);
const names = fc.array(word, { minLength: 1, maxLength: 5 });
const separator = fc.constantFrom(' ', '-', '_', '  ', ' - ', '\u2011', '\u2013', '\u00A0', '/', '. ');

const same = (...spellings: string[]): void => {
  expect(new Map(spellings.map((spelling) => [spelling, nameKey(spelling)]))).toEqual(
    new Map(spellings.map((spelling) => [spelling, nameKey(spellings[0] ?? '')])),
  );
};
const different = (...spellings: string[]): void => {
  expect(new Set(spellings.map(nameKey)).size, spellings.join(', ')).toBe(spellings.length);
};

it('gives one key to a name in any case', () => {
  fc.assert(
    fc.property(names, (words) => nameKey(words.join(' ').toUpperCase()) === nameKey(words.join(' ').toLowerCase())),
  );
});

it('gives one key to a name whichever spaces, hyphens and marks stand between its words', () => {
  fc.assert(
    fc.property(
      names,
      separator,
      separator,
      (words, a, b) => nameKey(words.join(a)) === nameKey(`${b}${words.join(b)}${b}`),
    ),
  );
});

it('gives one key to a name with and without space between its letters and digits', () => {
  const letters = fc.stringMatching(/^[a-rt-z]{1,8}$/);
  fc.assert(fc.property(letters, fc.nat(), (a, n) => nameKey(`${a}${String(n)}`) === nameKey(`${a}-${String(n)}`)));
  fc.assert(fc.property(letters, letters, (a, b) => nameKey(`${a}${b}`) === nameKey(`${a} ${b}`)));
});

it('gives one key to a name composed and decomposed, and in full width', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('NFC', 'NFD'),
      (name, form) => nameKey(name) === nameKey(name.normalize(form)),
    ),
  );
  const wide = (name: string): string =>
    name.replace(/[!-~]/g, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0));
  fc.assert(fc.property(names, (words) => nameKey(words.join(' ')) === nameKey(wide(words.join(' ')))));
});

it('gives different keys to names that differ in a digit, a plus, a sharp or a star', () => {
  fc.assert(
    fc.property(
      names,
      fc.constantFrom('0', '1', '7', '+', '#', '*'),
      (words, sign) => nameKey(words.join(' ')) !== nameKey(`${words.join(' ')}${sign}`),
    ),
  );
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat(),
      (a, b) => a === b || nameKey(`CIFAR-${String(a)}`) !== nameKey(`CIFAR-${String(b)}`),
    ),
  );
});

it('gives a key of its own to its own key', () => {
  const singular = names.map((words) => words.map((one) => one.replace(/s+/gi, '')).join(' '));
  fc.assert(fc.property(singular, (name) => nameKey(nameKey(name)) === nameKey(name)));
});

it('gives no empty key to a name of which anything is visible', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => (nameKey(name) === '') === (name.trim() === '')));
});

it('holds spellings of one name together', () => {
  same('ResNet-50', 'ResNet50', 'resnet 50', 'RESNET_50', 'ResNets-50');
  same('KD3', 'KD^{3}', 'KD_{3}', '$KD^3$', 'KD³');
  same('alpha-Distill', 'α-Distill', '$\\alpha$-Distill', 'Α-distill');
  same('Café', 'Cafe\u0301', 'cafe');
  same('CLIP', 'ＣＬＩＰ', 'clip');
  same('ImageNet-64x64', 'ImageNet 64×64', 'imagenet 64 x 64');
  same('ImageNet+', 'ImageNet^{+}', 'ImageNet⁺', 'imagenet +', 'ImageNet-plus');
  same('V*Bench', 'V∗Bench', 'V⋆Bench', '$V^*$Bench', 'V^{\\star}Bench', 'V-Star Bench');
  same('Qwen2.5-7B', 'Qwen 2.5 7B', 'qwen-2.5-7b', 'QWEN2.5_7B');
  same('Stable Diffusion v1.5', 'stable-diffusion-v1-5', 'Stable Diffusion V1.5', 'Stable_Diffusion_v1_5');
  same('10⁴', '10^4', '10^{4}');
  same('∞Bench', '∞-Bench', 'Infinity-Bench', '$\\infty$Bench');
  same('τ²-bench', '$\\tau^2$-bench', 'tau2-bench', 'τ^{2}-Bench');
  same('φ-net', 'ϕ-net', '$\\varphi$-net', 'phi-net');
  same(
    'DreamFusion',
    '\\textsc{DreamFusion}',
    '{\\sc DreamFusion}',
    '**DreamFusion**',
    '_DreamFusion_',
    '`DreamFusion`',
  );
  same('Look & Listen', 'Look &amp; Listen', 'look and listen');
  same('CLIP', 'CL\u00ADIP', 'CLIP\u200B', 'CLIP™');
  same('quantization-aware training', 'Quantisation-Aware Training', 'quantisation aware trainings');
});

it('holds singular and plural together', () => {
  same('consistency model', 'Consistency Models');
  same('reconstruction loss', 'reconstruction losses');
  same('routing strategy', 'routing strategies');
  same('mixture of experts', 'mixtures of expert');
  same('GAN', 'GANs');
  same('inductive bias', 'inductive biases');
  same('KV cache', 'KV caches');
  same('dynamic mesh', 'dynamic meshes');
  same('transition matrix', 'transition matrices');
});

it('does not take every final s for a plural', () => {
  different('loss', 'los');
  different('status', 'statu');
  different('basis', 'basi');
  different('ViT-S', 'ViT');
  different('movies', 'mov');
  different('YOLOv5', 'YOLOv5s');
});

it('keeps different things apart', () => {
  different('CIFAR', 'CIFAR-10', 'CIFAR-100', 'CIFAR-100+');
  different('ImageNet', 'ImageNet+', 'ImageNet++', 'ImageNet-1K', 'ImageNet-C');
  different('ViT-B', 'ViT-L', 'ViT-B/16', 'ViT-B/32');
  different('DDIM', 'DDPM');
  different('Llama 2', 'Llama 3', 'Llama 3.1', 'Llama 31');
  different('Gemma 2 7B', 'Gemma 27B', 'Gemma 2.7B');
  different('Mamba-2 8B', 'Mamba-2.8B', 'Mamba-28B');
  different('GPT-4', 'GPT-4o', 'GPT-4.1', 'GPT-41');
  different('C', 'C+', 'C++', 'C#', 'C*');
  different('V*Bench', 'VBench', 'V-Bench+');
  different('A', 'A*', 'A+');
  different('104', '10^4', '10.4');
  different('Bench', '∞Bench', '∂Bench');
  different('СLIP', 'CLIP');
  different('MοCo', 'MoCo');
  different('カ', 'ガ');
  different('и', 'й');
  different('日本', '中国');
  different('★', '☆');
});

it('takes a star that stands apart or is doubled for a footnote mark', () => {
  same('ResNet-50', 'ResNet-50 *', 'ResNet-50**', '*ResNet-50*', 'ResNet-50†', '* ResNet-50');
});

it('names the letter of another alphabet that passes for a Latin one', () => {
  const found = ['СLIP', 'MοCo', 'LLaMΑ', 'СОСО', 'GPТ-4', 'V а B'].map((name) => [name, lookAlike(name)]);
  expect(found).toEqual([
    ['СLIP', 'С'],
    ['MοCo', 'ο'],
    ['LLaMΑ', 'Α'],
    ['СОСО', 'С'],
    ['GPТ-4', 'Т'],
    ['V а B', 'а'],
  ]);
  const sound = [
    'CLIP',
    'ＣＬＩＰ',
    'β-VAE',
    'μTransfer',
    'πGAN',
    'αβ-CROWN',
    'ν-SVM',
    'Café',
    'Яндекс GPT',
    '日本CLIP',
  ];
  expect(sound.map(lookAlike)).toEqual(sound.map(() => null));
});

it('makes slugs that are readable and follow the key', () => {
  expect(['Score Distillation Sampling', 'ImageNet+', 'KD^{3}', 'α-Distill', '日本', '★'].map(slug)).toEqual([
    'score-distillation-sampling',
    'imagenet-plus',
    'kd-3',
    'alpha-distill',
    '日本',
    'u2605',
  ]);
  expect(['Qwen 2.5', 'stable-diffusion-v1-5', 'V*Bench'].map(slug)).toEqual([
    'qwen-2.5',
    'stable-diffusion-v1.5',
    'v-star-bench',
  ]);
  fc.assert(fc.property(names, (words) => nameKey(slug(words.join(' '))) === nameKey(words.join(' '))));
  fc.assert(
    fc.property(
      names,
      names,
      (a, b) => slug(a.join(' ')) !== slug(b.join('-')) || nameKey(a.join(' ')) === nameKey(b.join('-')),
    ),
  );
});

it('indexes plain tokens only, one of them for the whole name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const tokens = nameTokens(name);
      return tokens.includes(wholeNameToken(name)) && tokens.every((token) => /^[a-z0-9]+$/.test(token));
    }),
  );
  expect(wholeNameToken('ResNet50')).toBe(wholeNameToken('resnet-50'));
});
