import fc from 'fast-check';
import { expect, it } from 'vitest';
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

it('gives one key to a name in every normal form of Unicode', () => {
  const forms = fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD');
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      forms,
      (name, form) => nameKey(name) === nameKey(name.normalize(form)),
    ),
  );
});

it('gives different keys to names that differ in a digit, a plus or a sharp', () => {
  fc.assert(
    fc.property(
      names,
      fc.constantFrom('0', '1', '7', '+', '#'),
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
  same('ImageNet+', 'ImageNet^{+}', 'imagenet +'.replace(' ', ''));
});

it('holds singular and plural together', () => {
  same('consistency model', 'Consistency Models');
  same('reconstruction loss', 'reconstruction losses');
  same('routing strategy', 'routing strategies');
  same('mixture of experts', 'mixtures of expert');
  same('GAN', 'GANs');
});

it('does not take every final s for a plural', () => {
  different('loss', 'los');
  different('status', 'statu');
  different('basis', 'basi');
  different('ViT-S', 'ViT');
  different('movies', 'mov');
});

it('keeps different things apart', () => {
  different('CIFAR', 'CIFAR-10', 'CIFAR-100', 'CIFAR-100+');
  different('ImageNet', 'ImageNet+', 'ImageNet++', 'ImageNet-1K', 'ImageNet-C');
  different('ViT-B', 'ViT-L', 'ViT-B/16', 'ViT-B/32');
  different('DDIM', 'DDPM');
  different('Llama 2', 'Llama 3', 'Llama 3.1', 'Llama 31');
  different('Gemma 2 7B', 'Gemma 27B');
  different('C', 'C+', 'C++', 'C#');
  different('СLIP', 'CLIP');
  different('日本', '中国');
  different('★', '☆');
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
