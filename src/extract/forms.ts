/** What a word is by its letters alone: texts repeat their words, so it is worked out once for each. */
import { nameKey } from '../ingest/names.js';
import { EVALUATING } from './cues.js';
import type { Link, Opening } from './governors.js';
import { linkOf, openingOf } from './governors.js';
import { goneOn, NOTHING } from './keys.js';

export interface Form {
  /** `nameKey`; empty for what has no letter and no digit. */
  key: string;
  /** Of the key, as `Keys` is asked. */
  hash: number;
  lower: string;
  /** It has a letter or a digit. */
  lettered: boolean;
  /** It has a capital. */
  capitalized: boolean;
  /** `DMD2`, `CamelCase`, `ResNet-50`, `GLUE`: it can only be a name. */
  proper: boolean;
  /** It speaks of experiments. */
  evaluating: boolean;
  /** How it begins a governor, null where it begins none. */
  opening: Opening | null;
  /** What it adds as a preposition, null where it is none. */
  link: Link | null;
}

/** `opt-30b`: a model by its number of parameters. */
const SIZED = /^\p{L}{2}[\p{L}\d.]*-\d+(?:\.\d+)?b$/iu;

const FORMS_MAX = 50_000;
const known = new Map<string, Form>();

/** The form of a word; of at most 50,000 words at a time it is remembered. */
export function formOf(text: string): Form {
  const before = known.get(text);
  if (before !== undefined) return before;
  if (known.size >= FORMS_MAX) known.clear();
  const form = read(text);
  known.set(text, form);
  return form;
}

function read(text: string): Form {
  const lower = text.toLowerCase();
  const lettered = /[\p{L}\p{N}]/u.test(text);
  const key = lettered ? nameKey(text) : '';
  return {
    key,
    hash: goneOn(NOTHING, key),
    lower,
    lettered,
    capitalized: /\p{Lu}/u.test(text) || SIZED.test(text),
    proper: namesByShape(text, lower),
    evaluating: EVALUATING.test(lower),
    opening: openingOf(lower),
    link: linkOf(lower),
  };
}

/** Capitals that name nothing the graph knows: hardware, fields, tasks, metrics, formats. */
const NOT_NAMES = new Set(
  `gpu gpus cpu cpus tpu tpus npu flop flops flop/s macs ram vram cuda fps sota ai ml nlp cv api apis rgb rgb-d iot ood id iid oom ode odes sde sdes pde qa vqa asr tts ocr
  url pdf html json sql http https ieee acm neurips iclr icml cvpr iccv eccv aaai acl emnlp naacl miccai pytorch tensorflow jax github huggingface nvidia intel amd arm
  fid fvd fad kid is psnr ssim lpips map miou iou bleu rouge wer cer f1 auc auroc ece nfe nfes ap acc hpc fpga fpgas asic soc mri ct pet ecg eeg lidar imu slam
  2d 3d 4d 1d 6d i ii iii iv v vi vii viii a us uk eu usa i.e e.g et al x-ray x-rays a100 h100 v100 rtx4090 t4 jpeg kl mse l1 l2 t2i t2v i2v i2i v2v fig table appendix section
  iphone iphones macbook raspberry pi jetson covid covid-19 fp16 fp32 int8 int4 bf16 w4a16 b m k gb mb kb hz khz mhz llms dnn dnns nn nns agi hci sde api ui gui ide ie xai`.split(
    /\s+/,
  ),
);

const namesByShape = (text: string, lower: string): boolean =>
  /\p{L}{2}|\p{L}\d|\p{L}-/u.test(text) &&
  !NOT_NAMES.has(lower) &&
  !/^\d+(?:\.\d+)?(?:x|k|m|b|d|th|st|nd|rd|s|ms|gb|mb|times\d+|x\d+b?|\p{Ll}+)?$/iu.test(text) &&
  !/^(?:\d+-|non-|pre-)/i.test(text) &&
  (/\p{Lu}.*\p{Lu}/u.test(text) || /^\p{L}[\p{L}-]*\d/u.test(text) || /\p{Ll}\p{Lu}/u.test(text)) &&
  !isCompoundAdjective(text) &&
  !/\p{L}-?(?:based|aware|like|guided|annotated|conditioned|centric|style|generated|driven|trained|only|specific|inspired)$/u.test(
    text,
  );

/** `Text-to-Image`, `Pre-Trained`: capitals of a title, no name. */
const isCompoundAdjective = (text: string): boolean => /^\p{Lu}\p{Ll}+(?:-\p{L}\p{Ll}*)+$/u.test(text);
