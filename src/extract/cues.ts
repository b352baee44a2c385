/** The words by which texts say things, as tables: change what the extractor understands here. */
import type { EntityKind } from '../ontology.js';
import { phrasesOf } from './governors.js';

const words = (text: string): string[] => text.trim().split(/\s+/);
const set = (text: string): ReadonlySet<string> => new Set(words(text));

/** Second parts of compounds that are no part of a name: `CLIP-based`, `LoRA-like`. */
export const SUFFIXES = set(
  'based like style aware enhanced equipped inspired trained powered generated only specific agnostic tailored driven oriented assisted augmented',
);

/** Verbs by which authors present something as their own. */
export const PRESENTING: ReadonlySet<string> = new Set(
  phrasesOf(`propose*, present, presents, presented, presenting, introduce*, develop*, design*, devise*, release*, contribute*, describe*, provide*, create*,
    construct*, formulate*, build, builds, building, built, curate*, offer*, unveil*, announce*, demonstrate*, explore*, collect*, establish*`),
);
/** These present only what has a name of its own. */
export const WEAKLY_PRESENTING: ReadonlySet<string> = new Set(
  phrasesOf(
    'describe*, provide*, build, builds, building, built, offer*, demonstrate*, explore*, create*, construct*, collect*, establish*',
  ),
);
/** Words right before a new name. */
export const NAMING = set('called dubbed named termed coined denoted titled nicknamed namely christened');

/** Who speaks: sentences with these are about the paper's own work. */
export const OWN = set('we our us ours');
export const OWN_NOUNS = set(
  'paper work study survey article report research approach method framework algorithm model technique system proposal project review',
);

/** Words of sentences that report on experiments. */
export const EVALUATING =
  /^(?:experiments?|evaluat\w+|results?|benchmark\w*|validat\w+|test(?:ed|s)?|performance|achiev\w+|outperform\w*|state-of-the-art|accurac\w+|demonstrat\w+|improv\w+|surpass\w*|comparisons?|gains?|observe|effectiveness|superior\w*|competitive|consistently)$/;

/** What is judged by its head noun: the last word of a name or the word after it. */
const HEADS: [EntityKind, string][] = [
  [
    'TECHNIQUE',
    `framework method methods algorithm algorithms approach technique strategy strategies scheme mechanism module paradigm pipeline procedure
    loss losses objective regularization regularisation regularizer distillation learning training tuning pretraining finetuning optimization optimisation sampling
    search pruning quantization quantisation augmentation attention matching alignment prompting decoding reinforcement planning adaptation compression
    normalization condensation initialization scheduler scheduling solver sampler splatting rule guidance selection interpolation ensembling
    merging routing masking mixup refinement injection reweighting weighting adjustment averaging toolkit library system recipe exiting modules transfer
    reduction mimicking inheritance approximation decomposition factorization binarization imitation calibration rectification aggregation fusion correction relaxation
    unlearning editing tokenization translation assignment clipping caching scaling rewriting mapping warmup supervision mimicry optimizer optimizers
    representation encoding embedding perturbation penalty smoothing blending projection schema methodology formulation process protocol estimator
    head heads prior priors criterion metric metrics score operator layer layers block unit queue bank memory kernel encodings embeddings tricks trick distiller
    upsampling downsampling filtering gating pooling batching loading clustering partitioning grouping reranking labeling labelling relabeling denoising stitching shaping growing
    allocation propagation discrimination convolution reconstruction balancing parallelism inversion recovery compensation bootstrapping`,
  ],
  [
    'MODEL',
    `model models network networks transformer transformers encoder decoder autoencoder llm llms vlm mllm architecture backbone generator classifier detector
    net gan nets autoencoders assistant agent encoders chatbot backbones architectures detectors classifiers decoders generators teacher student teachers students vae cnn cnns vit vits lm lms mllms vlms`,
  ],
  [
    'DATASET',
    'dataset datasets benchmark benchmarks corpus corpora testbed suite leaderboard testset challenge collection database',
  ],
];
const HEAD_KINDS: ReadonlyMap<string, EntityKind> = new Map(
  HEADS.flatMap(([kind, list]) => words(list).map((word): [string, EntityKind] => [word, kind])),
);
export const kindOfHead = (word: string): EntityKind | null => HEAD_KINDS.get(word) ?? null;

/** The kind that a new name tells by its end: `FooNet`, `BarBERT`; a technique where it tells none. */
export const kindOfName = (name: string): EntityKind =>
  /(?:Net|Nets|Former|ViT|BERT|GPT|LLM|VLM|LM|GAN|VAE|CNN|Mamba|YOLO|\p{Ll}SAM|LLaMA|Llama|Whisper)(?:[-v]?\d+)?$/u.test(
    name,
  )
    ? 'MODEL'
    : /(?:Bench|Eval)(?:[-v]?\d+)?$/.test(name)
      ? 'DATASET'
      : 'TECHNIQUE';

/** Heads of things that are parts where they are presented, but that alone name no technique. */
export const WEAK_HEADS = set(
  'unit layer layers head heads score scores metric metrics operator block queue bank memory kernel prior priors criterion embedding embeddings encoding encodings representation module modules system',
);

/** Head nouns that say what a thing is but are no part of its name. */
export const CONTAINERS =
  set(`framework method methods algorithm algorithms approach technique techniques strategy strategies scheme mechanism module paradigm pipeline
  procedure system frameworks mechanisms modules schemes paradigms pipelines objectives model models network architecture schema methodology recipe objective solution formulation process protocol dataset datasets benchmark benchmarks corpus library toolkit tool suite`);

/** Containers of a whole contribution, not of a part of one. */
export const WHOLES = set(
  'framework method approach algorithm paradigm technique model system pipeline methodology solution recipe',
);

/** Short forms that stand for the first of these that the document names, else for the last. */
export const SHORT_FORMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['distillation', ['dataset distillation', 'knowledge distillation']],
]);

/** Heads of what a method uses under a describing name: `a repository-level contextual loss`. */
export const PART_HEADS =
  set(`loss losses regularization regularizer distillation learning attention matching pruning quantization augmentation prompting sampling alignment
  normalization weighting reweighting averaging perturbation penalty queue embedding embeddings masking routing initialization interpolation ensembling
  approximation decomposition factorization selection fusion calibration filtering compression supervision mimicry refinement smoothing clustering projection decoding clipping assignment caching scheduling annealing tuning
  upsampling downsampling gating pooling clustering denoising allocation propagation discrimination convolution reconstruction balancing inversion`);

/** Praise and other words that begin a description, never a name. */
export const PRAISE =
  set(`a an the our its this that these those such novel new simple effective efficient general generic unified innovative powerful first robust surprisingly yet
  and but highly fully automatic comprehensive practical principled lightweight scalable flexible versatile straightforward fast two three four several multiple various
  different many some more most other another additional further alternative specific small large larger smaller better improved advanced complete simplified well
  plug-and-play plug-in model-agnostic architecture-agnostic end-to-end two-stage three-stage multi-stage one-stage single-stage state-of-the-art sota large-scale
  high-quality low-cost training-free task-agnostic data-driven theoretical empirical systematic extensive thorough conceptually surprising carefully designed tailored
  dedicated hybrid joint generalized key core main popular recent modern existing previous prior conventional traditional standard vanilla baseline strong overall own
  tiny compact aggressive proposed resulting corresponding same respective original real entire whole full public open-source open popular widely-used common typical challenging diverse`);

/** Nouns too general to be a name, alone or with others of them. */
export const GENERIC =
  set(`method methods approach approaches framework algorithm model models network networks system technique techniques strategy scheme mechanism module
  training learning data dataset datasets benchmark task tasks problem problems solution way set sets paper work study analysis results experiments evaluation performance
  student teacher students teachers image images text video videos language features feature layer layers parameters weights samples architecture architectures loss losses
  objective pipeline step steps stage stages theory insight insights idea formulation perspective setting process procedure paradigm method code baseline baselines metric
  metrics component components tool inference generation knowledge information representation representations distribution time cost quality accuracy function functions
  bound bounds theorem guarantee guarantees taxonomy overview survey variant version family class concept notion extension pretrained pre-trained deep neural machine
  artificial intelligence optimization search design evidence strategies algorithms suite corpus visual vision multimodal multi-modal generative`);

/** Families so broad that naming them says nothing of a paper. */
export const BROAD = new Set([
  'language model', 'small language model', 'pre-trained language model', 'foundation model', 'vision foundation model', 'generative model', 'neural network',
  'deep neural network', 'deep learning', 'machine learning', 'artificial neural network', 'pre-trained model', 'multimodal large language model', 'autoregressive model', 'representation learning', 'feature extraction', 'feature learning', 'domain generalization',
  'image classification', 'object detection', 'semantic segmentation', 'supervised learning', 'feature alignment',
]); // prettier-ignore
