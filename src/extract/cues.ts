/** The words by which texts say things, as tables: change what the extractor understands here. */
import type { EntityKind, RelationType } from '../ontology.js';

const words = (text: string): string[] => text.trim().split(/\s+/);
const set = (text: string): ReadonlySet<string> => new Set(words(text));

/** Second parts of compounds that are no part of a name: `CLIP-based`, `LoRA-like`. */
export const SUFFIXES = set('based like style aware enhanced equipped inspired trained powered generated only specific agnostic');

/** The forms of a regular verb: `leverage` → leverages, leveraged, leveraging. */
const forms = (verb: string): string[] => {
  if (/[^aeiou]y$/.test(verb)) return [verb, `${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  if (verb.endsWith('e')) return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  return [verb, `${verb}${/(s|sh|ch|x)$/.test(verb) ? 'es' : 's'}`, `${verb}ed`, `${verb}ing`];
};

/** `*` after the first word of a phrase stands for all forms of the verb. */
const spellings = (phrase: string): string[] => {
  const [, verb, rest] = /^(\S+)\*(.*)$/.exec(phrase) ?? [];
  return verb === undefined ? [phrase] : forms(verb).map((form) => form + (rest ?? ''));
};
const phrases = (text: string): string[] => text.split(',').flatMap((phrase) => spellings(phrase.trim()));

export type CueType = Extract<
  RelationType,
  'USES' | 'EXTENDS' | 'OUTPERFORMS' | 'COMPARES_WITH' | 'APPLIED_TO' | 'TRAINED_ON' | 'STUDIES' | 'EVALUATED_ON' | 'INTRODUCES'
>;
export interface Cue {
  /** null: what follows is not said of the subject at all. */
  type: CueType | null;
  /** A preposition says less than a verb. */
  weak: boolean;
  /** Number of words. */
  length: number;
}

const CUE_PHRASES: [CueType | null, boolean, string][] = [
  ['USES', false, `leverage*, use*, using, utilize*, utilise*, employ*, adopt*, incorporate*, integrate*, combine*, exploit*,
    harness*, apply, applies, applying, base* on, based on, build* on, built on, build upon, built upon, building upon, building on,
    rely* on, relies on, relying on, rely on, make use of, makes use of, making use of, take advantage of, draw* on, unify*, unifies,
    equipped with, powered by, by means of, take* inspiration from, inspired by, embed*, couple* with, coupled with, borrow* from, perform*,
    consist* of, consists of, comprise*, comprising, composed of, conduct*, through the use of, capitalize* on, explore*, exploring, introducing, amalgamate*`],
  ['USES', true, 'via, with, through, by'],
  ['EXTENDS', false, `extend*, generalize*, generalise*, improve* upon, improve* over, improve* on, build* directly on, a variant of,
    variant of, variants of, an extension of, extension of, extension to, a generalization of, modify*, modifies, revisit*, refine*, simplify*, simplifies`],
  ['OUTPERFORMS', false, `outperform*, surpass*, exceed*, beat, beats, beating, better than, superior to, faster than, more efficient than,
    improve* over the, improvement over, improvements over, boost over, gain over, gains over, advantage over, advantages over, superiority over, outperformed`],
  ['COMPARES_WITH', false, `compared to, compared with, compare* to, compare* with, comparable to, comparable with, on par with,
    competitive with, versus, vs, in comparison to, in comparison with, in contrast to, comparison with, relative to, as opposed to, comparable quality to, close to`],
  ['APPLIED_TO', false, `apply* to, applies to, applied to, apply our method to, applicable to, applicability to, adapted to, adapt to, distill*, distil, distils,
    distilled, distilling, compress*, prune*, accelerate*, quantize*, quantise*, speed* up, speeding up, finetune*, fine-tune*, fine-tuning, boost*, tune*, deployed on,
    application to, applications such as, extend* to, generalize* to, generalizes to, compression of, acceleration of, distillation of, pruning of, quantization of, enhance*, improve*`],
  ['APPLIED_TO', true, 'for, to, on, across, including'],
  ['TRAINED_ON', false, `trained on, train on, training on, trained with, pretrained on, pre-trained on, pretraining on, pre-training on, finetuned on,
    fine-tuned on, fine-tuning on, finetuning on, trained using, trained from`],
  ['EVALUATED_ON', false, 'evaluate* on, evaluated on, tested on, test on, validated on, benchmarked on, experiments on, experiment on, results on, performance on, accuracy on'],
  ['STUDIES', false, `investigate*, study, studies, studied, studying, analyze*, analyse*, survey, surveys, review, reviews, reviewing, examine*, understand,
    understanding, revisit, revisiting, rethink, rethinking, analysis of, study of, survey of, survey on, review of, overview of, evaluation of, effect of, effects of,
    efficacy of, effectiveness of, systematic study of, categorized into, demystify, demystifying, reveal that, show that, delve into, characterize`],
  ['INTRODUCES', false, `propose*, present, presents, presented, introduce*, develop*, design*, devise*, release*, contribute*, put forward, create*, construct*,
    formulate*, curate*, announce*, unveil*`],
  [null, false, `unlike, without, instead of, rather than, except, not, never, no, existing, previous, prior work, prior works, prior methods, prior approaches, prior art, conventional, traditional, despite, beyond, contrary to,
    fail* to, fails, fail, suffer* from, suffers from, avoid*, eliminate*, eliminating, replace*, remove*, removing, outside, lack*, limit*, motivated by, challenges of,
    drawbacks of, limitations of, limitation of, problem of, problems of, issue of, issues of, called, dubbed, named, termed, for example, for instance`],
];

const CUES: ReadonlyMap<string, Cue> = new Map(
  CUE_PHRASES.flatMap(([type, weak, list]) =>
    phrases(list).map((phrase): [string, Cue] => [phrase, { type, weak, length: words(phrase).length }]),
  ),
);

/** The longest cue of at most four words that begins at a word. */
export function cueAt(sentence: readonly { lower: string }[], at: number): Cue | null {
  let text = '';
  let found: Cue | null = null;
  for (let n = 0; n < 4; n++) {
    const word = sentence[at + n];
    if (word === undefined) break;
    text += n === 0 ? word.lower : ` ${word.lower}`;
    found = CUES.get(text) ?? found;
  }
  return found;
}

/** Verbs by which authors present something as their own. */
export const PRESENTING: ReadonlySet<string> = new Set(
  phrases(`propose*, present, presents, presented, presenting, introduce*, develop*, design*, devise*, release*, contribute*, describe*, provide*, create*,
    construct*, formulate*, build, builds, building, built, curate*, offer*, unveil*, announce*, demonstrate*, explore*, collect*, establish*`),
);
/** These present only what has a name of its own. */
export const WEAKLY_PRESENTING: ReadonlySet<string> = new Set(
  phrases('describe*, provide*, build, builds, building, built, offer*, demonstrate*, explore*, create*, construct*, collect*, establish*'),
);
/** Words right before a new name. */
export const NAMING = set('called dubbed named termed coined denoted titled nicknamed namely christened');

/** Who speaks: sentences with these are about the paper's own work. */
export const OWN = set('we our us ours');
export const OWN_NOUNS = set('paper work study survey article report research approach method framework algorithm model technique system proposal project review');

/** What is judged by its head noun: the last word of a name or the word after it. */
const HEADS: [EntityKind, string][] = [
  ['TECHNIQUE', `framework method methods algorithm algorithms approach technique strategy strategies scheme mechanism module paradigm pipeline procedure
    loss losses objective regularization regularisation regularizer distillation learning training tuning pretraining finetuning optimization optimisation sampling
    search pruning quantization quantisation augmentation attention matching alignment prompting decoding reinforcement compensator planning adaptation compression
    normalization condensation initialization scheduler scheduling solver sampler splatting rule engine guidance visualization selection interpolation ensembling
    merging routing masking mixup refinement injection reweighting weighting adjustment averaging toolkit library system recipe exiting modules transfer`],
  ['MODEL', `model models network networks transformer transformers encoder decoder autoencoder llm llms vlm mllm architecture backbone generator classifier detector
    net gan nets autoencoders assistant agent encoders chatbot`],
  ['DATASET', 'dataset datasets benchmark benchmarks corpus corpora testbed suite leaderboard testset challenge collection database'],
];
const HEAD_KINDS: ReadonlyMap<string, EntityKind> = new Map(HEADS.flatMap(([kind, list]) => words(list).map((word): [string, EntityKind] => [word, kind])));
export const kindOfHead = (word: string): EntityKind | null => HEAD_KINDS.get(word) ?? null;

/** Head nouns that say what a thing is but are no part of its name. */
export const CONTAINERS = set(`framework method methods algorithm algorithms approach technique techniques strategy strategies scheme mechanism module paradigm pipeline
  procedure system model models network architecture dataset datasets benchmark benchmarks corpus library toolkit tool suite`);

/** Short forms that stand for the first of these that the document names, else for the last. */
export const SHORT_FORMS: ReadonlyMap<string, readonly string[]> = new Map([['distillation', ['dataset distillation', 'knowledge distillation']]]);

/** Heads of what a method uses under a describing name: `a repository-level contextual loss`. */
export const PART_HEADS = set(`loss losses regularization regularizer distillation learning attention matching pruning quantization augmentation prompting sampling alignment
  normalization weighting reweighting averaging perturbation penalty queue embedding embeddings masking routing initialization interpolation ensembling`);

/** Praise and other words that begin a description, never a name. */
export const PRAISE = set(`a an the our its this that these those such novel new simple effective efficient general generic unified innovative powerful first robust surprisingly yet
  and but highly fully automatic comprehensive practical principled lightweight scalable flexible versatile straightforward fast two three four several multiple various
  different many some more most other another additional further alternative specific small large larger smaller better improved advanced complete simplified well
  plug-and-play plug-in model-agnostic architecture-agnostic end-to-end two-stage three-stage multi-stage one-stage single-stage state-of-the-art sota large-scale
  high-quality low-cost training-free task-agnostic data-driven theoretical empirical systematic extensive thorough conceptually surprising carefully designed tailored
  dedicated hybrid joint generalized key core main popular recent modern existing previous prior conventional traditional standard vanilla baseline strong overall own
  proposed resulting corresponding same respective original real entire whole full public open-source open popular widely-used common typical challenging diverse`);

/** Nouns too general to be a name, alone or with others of them. */
export const GENERIC = set(`method methods approach approaches framework algorithm model models network networks system technique techniques strategy scheme mechanism module
  training learning data dataset datasets benchmark task tasks problem problems solution way set sets paper work study analysis results experiments evaluation performance
  student teacher students teachers image images text video videos language features feature layer layers parameters weights samples architecture architectures loss losses
  objective pipeline step steps stage stages theory insight insights idea formulation perspective setting process procedure paradigm method code baseline baselines metric
  metrics component components tool inference generation knowledge information representation representations distribution time cost quality accuracy function functions
  bound bounds theorem guarantee guarantees taxonomy overview survey variant version family class concept notion extension pretrained pre-trained deep neural machine
  artificial intelligence optimization search design evidence strategies algorithms suite corpus visual vision multimodal multi-modal generative`);

/** Established names of metrics. */
export const METRICS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    fid: 'FID', 'fid score': 'FID', 'fid scores': 'FID', fids: 'FID', fvd: 'FVD', fad: 'FAD', kid: 'KID', is: 'IS', 'inception score': 'Inception Score',
    'clip score': 'CLIP Score', 'clip scores': 'CLIP Score', clipscore: 'CLIP Score', 'top-1 accuracy': 'Top-1 accuracy', 'top-1 acc': 'Top-1 accuracy', 'top-1': 'Top-1 accuracy',
    'top-5 accuracy': 'Top-5 accuracy', 'top-1 error': 'Top-1 error', accuracy: 'Accuracy', acc: 'Accuracy', accuracies: 'Accuracy', 'test accuracy': 'Accuracy',
    'classification accuracy': 'Accuracy', map: 'mAP', 'mean average precision': 'mAP', ap: 'AP', miou: 'mIoU', iou: 'IoU', 'mean iou': 'mIoU', bleu: 'BLEU', 'bleu score': 'BLEU', 'rouge-l': 'ROUGE-L', rouge: 'ROUGE',
    psnr: 'PSNR', ssim: 'SSIM', lpips: 'LPIPS', wer: 'WER', cer: 'CER', perplexity: 'Perplexity', f1: 'F1', 'f1 score': 'F1', 'f1-score': 'F1', auc: 'AUC', auroc: 'AUROC',
    'pass@1': 'pass@1', 'win rate': 'Win rate', 'exact match': 'Exact match', 'error rate': 'Error rate', 'success rate': 'Success rate', mrr: 'MRR', ndcg: 'NDCG', 'geneval score': 'GenEval score', recall: 'Recall', 'recall@1': 'Recall@1', score: 'Score', scores: 'Score',
  }),
); // prettier-ignore
