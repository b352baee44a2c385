/** The words that govern names, as a table: verbs by what they say of their object, prepositions by what they add. */

import type { Sentence } from './language.js';

/** What a verb, or a noun that stands for one, says of what follows it. */
export type Governor =
  | 'present' // we propose …
  | 'use'
  | 'applied' // applied to …
  | 'compress' // distill, accelerate, quantize …
  | 'improve'
  | 'outperform'
  | 'compare'
  | 'evaluate'
  | 'study'
  | 'extend'
  | 'train' // trained on …
  | 'deny' // unlike, without, fails to …
  | 'other'; // any verb that says none of these

/** How a name hangs on its verb: as its object, as its means, as what it is for, as where it happens. */
export type Link = 'object' | 'means' | 'for' | 'of' | 'on' | 'over' | 'from' | 'none';

const words = (text: string): string[] => text.trim().split(/\s+/);

/** The forms of a regular verb: `leverage` → leverages, leveraged, leveraging. */
const forms = (verb: string): string[] => {
  if (/[^aeiou]y$/.test(verb)) return [verb, `${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  if (verb.endsWith('e')) return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  return [verb, `${verb}${/(?:s|sh|ch|x)$/.test(verb) ? 'es' : 's'}`, `${verb}ed`, `${verb}ing`];
};

/** `*` after the first word of a phrase stands for all forms of the verb. */
const spellings = (phrase: string): string[] => {
  const [, verb, rest] = /^(\S+)\*(.*)$/.exec(phrase) ?? [];
  return verb === undefined ? [phrase] : forms(verb).map((form) => form + (rest ?? ''));
};
export const phrasesOf = (text: string): string[] => text.split(',').flatMap((phrase) => spellings(phrase.trim()));

const each = (first: string, second: string, third: string): string =>
  words(first)
    .flatMap((a) => words(second).flatMap((b) => words(third).map((c) => `${a} ${b} ${c}`)))
    .join();
/** `comparable accuracy to` */
const PAR = each(
  'comparable competitive similar',
  'performance results quality perplexity accuracy fid scores speed',
  'to with',
);

const GOVERNORS: readonly (readonly [Governor, string])[] = [
  ['present', `propose*, present, presents, presented, presenting, introduce*, develop*, design*, devise*, release*, contribute*,
    put forward, construct*, formulate*, curate*, announce*, unveil*, provide, provides, describe*, create*, establish*, build, builds, building`],
  ['use', `leverage*, use*, using, utilize*, utilise*, employ*, adopt*, incorporate*, integrate*, combine*, exploit*, harness*, based on, build on,
    builds on, built on, build upon, builds upon, built upon, building on, building upon, built with, rely on, relies on, relying on, make use of,
    makes use of, making use of, take* advantage of, taking advantage of, draw* on, draws inspiration from, drawing inspiration from, inspired by,
    inspiration from, unify*, equipped with, powered by, by means of, couple*, coupled with, combined with, consist* of, consisting of, comprise*,
    composed of, through the use of, capitalize* on, introducing, amalgamate*, augmented with, enhanced with, guided by, borrow* from, borrowing from,
    perform*, conduct*, adapt*, apply, applies, applying, implement*, optimize* with, initialize* from, initialized with, initialized from, jointly,
    together with, along with, in conjunction with, with the help of, the use of, instantiated with, instantiate* with, driven by, underpinned by, grounded in`],
  ['applied', `applied to, apply to, applies to, applying to, applicable to, applicability to, adapt* to, adapted to, deployed on, deployed in, application to,
    applications to, applications such as, application in, applications in, extended to, extends to, generalize* to, generalizes to, generalise* to, plugged into, integrated into,
    incorporated into, incorporated in, integrated in, plugged in, embedded in, embedded into, inserted into, applied on, applied in, integrates into, integrate into, combined into, on top of, transferred to, transfer* to, scale* to, scaled to, compatible with, tailored for, tailored to, designed for, specialized for,
    compression of, acceleration of, distillation of, pruning of, quantization of, fine-tuning of, finetuning of, training of, inference of, deployment of, works with`],
  ['compress', `distill*, distil, distils, distilled, distilling, compress*, prune*, accelerate*, quantize*, quantise*, speed* up, speeding up, sparsify*, train*,
    finetune*, fine-tune*, tune*, condense*, downsize*, shrink, shrinks, shrinking, deploy*, pretrain*, pre-train*, retrain*, convert*, transform*`],
  ['improve', `improve*, enhance*, boost*, advance*, refine*`],
  ['outperform', `outperform*, surpass*, exceed*, beat, beats, beating, better than, superior to, faster than, more efficient than, smaller than, higher than,
    improve* upon, improve* over, improvement over, improvements over, gain over, gains over, advantage over, advantages over, superiority over,
    more accurate than, stronger than, outclass*, outdo, outdoes, dominate*`],
  ['compare', `reach* the performance of, reaches the performance of, match* the performance of, matches the performance of, approaching the performance of, compared to, compared with, compare* to, compare* with, comparable to, comparable with, on par with, competitive with, versus, vs, vs., against,
    than, in comparison to, in comparison with, in contrast to, comparison with, comparisons with, relative to, match*, rival*, close to, similar to, equivalent to, performance comparable to, lag* behind, fall* behind, gap behind, gap to, gap with,
    of the performance of, performance level of, ${PAR}`],
  ['evaluate', `evaluate*, test*, validate*, benchmark*, assess*, experiment*, experiments, experimented, experimental results, results, performance, accuracy, demonstrate*,
    verify*, effectiveness, efficacy, evaluation, evaluations, comparisons, achieve*, attain*, obtain*, reach*, yield*, instantiate*, superiority,
    case study, case studies, empirically, fid, score, scores, accuracies, evaluated, improvements, gains, gain, improvement, consistently`],
  ['study', `investigate*, study, studies, studied, studying, analyze*, analyse*, survey, surveys, surveyed, surveying, review, reviews, reviewing, examine*, revisit*,
    rethink, rethinks, rethinking, analysis of, study of, survey of, survey on, review of, overview of, effect of, effects of, role of, delve into, delves into, demystify*,
    demystifying, understand, understanding, explore*, exploring, taxonomy of, categorized into, cover, covers, covering, discuss*, summarize*, compare*, limits of, properties of`],
  ['extend', `extend*, augment, augments, augmenting, generalize*, generalise*, a variant of, variant of, variants of, an extension of, extension of, extension to, a generalization of, generalization of,
    modify*, simplify*, reformulate*, improved version of, version of, improved variant of, reinterpret*`],
  ['train', `trained on, train on, training on, trained with, pretrained on, pre-trained on, pretraining on, pre-training on, finetuned on, fine-tuned on, fine-tuning on,
    finetuning on, trained using, learned on, training set of`],
  ['deny', `unlike, different from, in lieu of, without, instead of, rather than, except, except for, not, never, no, despite, beyond, contrary to, as opposed to, fail* to, fails, fail, suffer* from, suffers from,
    suffer, avoid*, eliminate*, replace*, remove*, outside, lack*, limit*, motivated by, reliance on, dependence on, challenges of, drawbacks of, limitations of, limitation of, shortcomings of, problem of,
    problems of, issue of, issues of, neglect*, ignore*, overlook*, require*, hinder*, struggle*, struggle* with, free of, free from, bypass*, circumvent*, alleviate*, mitigate*,
    address*, tackle*, overcome, overcomes, overcoming, obviate*, prevent*, without requiring, without using, no longer, open* up, pave* the way for, pave* the way to, avenues for, potential for, existing, previous, prior work, prior works, conventional, traditional`],
]; // prettier-ignore

export interface GovernorAt {
  governor: Governor;
  /** Number of words. */
  length: number;
}

const KNOWN: ReadonlyMap<string, GovernorAt> = new Map(
  GOVERNORS.flatMap(([governor, list]) =>
    [...phrasesOf(list), ...(governor === 'applied' ? ['applications , such as', 'tasks , such as'] : [])].map(
      (phrase): [string, GovernorAt] => [phrase, { governor, length: words(phrase).length }],
    ),
  ),
);
/** How governors begin. */
export interface Opening {
  /** What the word governs by itself. */
  alone: GovernorAt | null;
  /** The words behind it that may make it a longer governor. */
  seconds: ReadonlySet<string>;
}

const OPENINGS = new Map<string, { alone: GovernorAt | null; seconds: Set<string> }>();
for (const [phrase, governor] of KNOWN) {
  const [first = '', second] = words(phrase);
  const opening = OPENINGS.get(first) ?? { alone: null, seconds: new Set() };
  OPENINGS.set(first, opening);
  if (second === undefined) opening.alone = governor;
  else opening.seconds.add(second);
}

/** How a word, in lower case, begins governors; null where it begins none. */
export const openingOf = (word: string): Opening | null => OPENINGS.get(word) ?? null;

/** The longest governor of at most four words that begins at a word, null where none does. */
export function governorAt(sentence: Sentence, at: number): GovernorAt | null {
  const opening = sentence[at]?.form.opening ?? null;
  if (opening === null) return null;
  let found = opening.alone;
  let text = sentence[at]?.lower ?? '';
  // `based purely on`: an adverb may stand within.
  const within = sentence[at + 1]?.pos === 'ADV' && !opening.seconds.has(sentence[at + 1]?.lower ?? '') ? 1 : 0;
  const second = at + 1 + within;
  if (!opening.seconds.has(sentence[second]?.lower ?? '')) return found;
  for (const { lower } of sentence.slice(second, second + 3)) {
    text += ` ${lower}`;
    const longer = KNOWN.get(text);
    if (longer !== undefined) found = within === 0 ? longer : { ...longer, length: longer.length + within };
  }
  return found;
}

/** What governs the word at `at`, read from right to left up to the start of its clause; null where nothing does. */
export function governorBefore(sentence: Sentence, at: number): { governor: Governor | null; link: Link } {
  let link: Link | null = null;
  let linkAt = at;
  for (let i = at - 1; i >= Math.max(0, at - 15); i--) {
    const word = sentence[i]?.lower ?? '';
    const found = governorAt(sentence, i);
    if (found) return { governor: found.governor, link: linkAt < i + found.length ? 'object' : (link ?? 'object') };
    if (/^(?:;|:|which|while|where|whereas|but|although|because|that)$/.test(word)) break;
    if (link !== null) continue;
    link = linkOf(word);
    linkAt = i;
  }
  return { governor: null, link: link ?? 'none' };
}

/** `replaces A with B`: whether B is what follows the word at `at`. */
export const replaces = (sentence: Sentence, at: number): boolean =>
  /^(?:with|by)$/.test(sentence[at]?.lower ?? '') &&
  sentence.slice(Math.max(0, at - 14), at).some(({ lower }) => lower.startsWith('replac'));

const LINKS: ReadonlyMap<string, Link> = new Map(
  (
    [
      ['means', 'with via through by upon using from-using'],
      ['for', 'for to into toward towards onto'],
      ['of', 'of in within'],
      ['on', 'on across under throughout at'],
      ['over', 'over'],
      ['from', 'from'],
      ['none', 'as between among during before after'],
    ] as const
  ).flatMap(([link, list]) => words(list).map((word): [string, Link] => [word, link])),
);
export const linkOf = (word: string): Link | null => LINKS.get(word) ?? null;
