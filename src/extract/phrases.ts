/** Noun phrases, and what looks like a name. */
import type { EntityKind } from '../ontology.js';
import { CONTAINERS, GENERIC, kindOfHead, NAMING, PRAISE, SUFFIXES } from './cues.js';
import type { Sentence, Word } from './language.js';
import { wordAt } from './language.js';
import { remembered } from './remembered.js';

/** Capitals that name nothing the graph knows: hardware, fields, tasks, metrics, formats. */
const NOT_NAMES = new Set(
  `gpu gpus cpu cpus tpu tpus npu flop flops flop/s macs ram vram cuda fps sota ai ml nlp cv api apis rgb rgb-d iot ood id iid oom ode odes sde sdes pde qa vqa asr tts ocr
  url pdf html json sql http https ieee acm neurips iclr icml cvpr iccv eccv aaai acl emnlp naacl miccai pytorch tensorflow jax github huggingface nvidia intel amd arm
  fid fvd fad kid is psnr ssim lpips map miou iou bleu rouge wer cer f1 auc auroc ece nfe nfes ap acc hpc fpga fpgas asic soc mri ct pet ecg eeg lidar imu slam
  2d 3d 4d 1d 6d i ii iii iv v vi vii viii a us uk eu usa i.e e.g et al a100 h100 v100 rtx4090 t4 jpeg kl mse l1 l2 t2i t2v i2v i2i v2v fig table appendix section
  iphone iphones macbook raspberry pi jetson covid covid-19 fp16 fp32 int8 int4 bf16 w4a16 b m k gb mb kb hz khz mhz llms dnn dnns nn nns agi hci sde api ui gui ide ie xai`.split(
    /\s+/,
  ),
);

/** `DMD2`, `CamelCase`, `ResNet-50`, `GLUE`: a word that can only be a name. */
export const isProper = ({ text }: Pick<Word, 'text'>): boolean => properWords(text);

const properWords = remembered((text): boolean => namesByShape(text, text.toLowerCase()));

const namesByShape = (text: string, lower: string): boolean =>
  /\p{L}{2}|\p{L}\d|\p{L}-/u.test(text) &&
  !NOT_NAMES.has(lower) &&
  !/^\d+(?:\.\d+)?(?:x|k|m|b|d|th|st|nd|rd|s|ms|gb|mb|times\d+|x\d+|\p{Ll}+)?$/iu.test(text) &&
  !/^(?:\d+-|non-|pre-)/i.test(text) &&
  (/\p{Lu}.*\p{Lu}/u.test(text) || /^\p{L}[\p{L}-]*\d/u.test(text) || /\p{Ll}\p{Lu}/u.test(text)) &&
  !isCompoundAdjective(text) &&
  !/\p{L}(?:based|aware|like)$/u.test(text);

/** `Text-to-Image`, `Pre-Trained`: capitals of a title, no name. */
const isCompoundAdjective = (text: string): boolean => /^\p{Lu}\p{Ll}+(?:-\p{L}\p{Ll}*)+$/u.test(text);

export const isCapitalized = ({ text }: Pick<Word, 'text'>): boolean => capitalWords(text);
const capitalWords = remembered((text): boolean => /\p{Lu}/u.test(text));

const INSIDE = new Set(['ADJ', 'NOUN', 'PROPN', 'NUM', 'X', 'SYM']);
const letters = remembered((text): boolean => /[\p{L}\p{N}]/u.test(text));
const isWord = (word: Word | undefined): word is Word => word !== undefined && letters(word.text);
export const isQuote = (word: Word | undefined): boolean => word !== undefined && /^(?:["'`“”‘’*_]+)$/u.test(word.text);

/** Whether a word can stand inside a noun phrase before `next`. */
function inside(word: Word, next: Word | undefined): boolean {
  if (!isWord(word) || NAMING.has(word.lower) || word.lower === 'as') return false;
  if (INSIDE.has(word.pos)) return true;
  const nounFollows = isWord(next) && (INSIDE.has(next.pos) || next.pos === 'VERB');
  if (word.pos === 'VERB')
    return (
      (word.lower.endsWith('ing') && kindOfHead(word.lower) !== null) ||
      (/(ing|ed|en)$/.test(word.lower) && nounFollows)
    );
  return word.pos === 'ADV' && nounFollows;
}

export interface Phrase {
  first: number;
  last: number;
}

/** The noun phrase that begins at a word, without articles and praise; null where none does. */
export function phraseAt(words: Sentence, at: number): Phrase | null {
  let first = at;
  while (
    isQuote(words[first]) ||
    wordAt(words, first).pos === 'DET' ||
    PRAISE.has(wordAt(words, first).lower) ||
    (wordAt(words, first).text === ',' && first > at)
  )
    first++;
  let last = first;
  for (let word = words[last]; word !== undefined && last - first < 9; word = words[last]) {
    if (/^[-–]$/.test(word.text) && last > first && SUFFIXES.has(wordAt(words, last + 1).lower)) last++;
    else if (!inside(word, words[last + 1])) break;
    last++;
  }
  return last > first ? { first, last } : null;
}

export const textOf = (content: string, words: Sentence, { first, last }: Phrase): string =>
  content.slice(wordAt(words, first).start, wordAt(words, last - 1).end).replace(/\s+/g, ' ');

/** The kind that the last word of a phrase tells. */
export const kindOfPhrase = (words: Sentence, { last }: Phrase): EntityKind | null =>
  kindOfHead(wordAt(words, last - 1).lower);

/** A phrase without the container noun at its end (`X framework` → `X`), unless too little of it is left. */
export function withoutContainer(words: Sentence, phrase: Phrase): Phrase {
  let { last } = phrase;
  while (last - 1 > phrase.first && CONTAINERS.has(wordAt(words, last - 1).lower)) last--;
  return { first: phrase.first, last };
}

/** Whether every word of a phrase is too general to name something. */
export const isGeneric = (words: Sentence, { first, last }: Phrase): boolean =>
  words.slice(first, last).every(({ lower }) => GENERIC.has(lower) || PRAISE.has(lower) || CONTAINERS.has(lower));

/** The longest run of words that look like one name from `at` on: `Annealing Reflow`, `Stable Diffusion 3`. */
export function nameAt(words: Sentence, at: number): Phrase | null {
  let last = at;
  for (let word = words[last]; word !== undefined; word = words[last]) {
    const suffix = words[last + 1];
    if (/^[-–]$/.test(word.text) && last > at && suffix && isCapitalized(suffix) && SUFFIXES.has(suffix.lower)) last++;
    else if (!isWord(word) || !(isCapitalized(word) || (last > at && /^v?\d+(?:\.\d+)*$/.test(word.text)))) break;
    if (word.pos === 'DET' || word.pos === 'PRON' || word.pos === 'ADP') break;
    last++;
  }
  return last > at ? { first: at, last } : null;
}
