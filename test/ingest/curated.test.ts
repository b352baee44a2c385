import { expect, it } from 'vitest';
import { curatedFacts, readCuration } from '../../src/ingest/curated.js';
import { identifyAll } from '../../src/ingest/identify.js';
import { vocabularyOf } from '../../src/ingest/vocabulary.js';
import type { Document } from '../../src/model.js';

const document: Document = {
  id: 'document:tiny',
  title: 'Tiny Distillation',
  text: 'We 🚀 present TinyDistill. It distills ResNet-50 into MobileNet and reaches 71.2% on ImageNet; 71.2 with crops.',
  url: null,
  publishedOn: null,
  year: null,
  arxivId: null,
  isPaper: true,
};

const ENTITIES = `document: Tiny Distillation
entities:
  - { kind: Technique, name: TinyDistill }
  - { kind: Technique, name: Tiny Distillation }
  - { kind: Paper, name: Tiny distillation }
  - { kind: Model, name: ResNet-50 }
  - { kind: Model, name: ResNet50 }
  - { kind: Model, name: MobileNet }
  - { kind: Dataset, name: ImageNet }
facts:`;

/** The facts that lines of a curation file state, and the rejections as `line: reason`. */
const curate = (...facts: string[]) => {
  const { curation, rejections } = readCuration(
    'tiny.yaml',
    [ENTITIES, ...facts.map((fact) => `  - { ${fact} }`)].join('\n'),
  );
  const curated = curation ? curatedFacts(curation, document) : { facts: [], rejections: [] };
  const reasons = [...rejections, ...curated.rejections].map(({ line, reason }) => `${String(line)}: ${reason}`);
  return { facts: curated.facts, reasons };
};

const DISTILLS = 'type: DISTILLS_INTO, from: ResNet-50, to: MobileNet';
const QUOTE = 'quote: "It distills ResNet-50 into MobileNet"';
const EVALUATED = 'type: EVALUATED_ON, from: MobileNet, to: ImageNet, quote: "71.2% on ImageNet"';

it('gives a fact the offsets at which the text, cut as UTF-16, is its quote', () => {
  const { facts, reasons } = curate(`${DISTILLS}, ${QUOTE}`);
  expect(reasons).toEqual([]);
  expect(facts).toEqual([
    {
      type: 'DISTILLS_INTO',
      from: { kind: 'MODEL', name: 'ResNet-50', aliases: [] },
      to: { kind: 'MODEL', name: 'MobileNet', aliases: [] },
      document: 'document:tiny',
      quote: 'It distills ResNet-50 into MobileNet',
      start: 46,
      end: 82,
      method: 'CURATED',
      confidence: 1,
      via: null,
      score: null,
    },
  ]);
  expect(`${document.title}\n\n${document.text ?? ''}`.slice(46, 82)).toBe('It distills ResNet-50 into MobileNet');
});

it('takes the paper as the source where none is named, and quotes from the title', () => {
  const { facts, reasons } = curate('type: INTRODUCES, to: TinyDistill, quote: "Tiny Distillation\\n\\nWe 🚀 present"');
  expect(reasons).toEqual([]);
  expect(facts).toMatchObject([{ from: { kind: 'PAPER', name: 'Tiny Distillation' }, start: 0, end: 32 }]);
});

it('tells an entity apart from the paper whose title it bears', () => {
  const { facts, reasons } = curate('type: INTRODUCES, to: Tiny Distillation, quote: "Tiny Distillation"');
  const reading = { document, methods: ['CURATED' as const], facts, mentions: [] };
  const [fact] = identifyAll(
    [reading],
    vocabularyOf(
      [],
      facts.map(({ to }) => to),
    ).vocabulary,
  ).facts;
  expect(reasons).toEqual([]);
  expect(fact).toMatchObject({ from: 'paper:tiny-distillation', to: 'technique:tiny-distillation' });
});

it('rejects a quote that is not in the text to the letter', () => {
  expect(curate(`${DISTILLS}, quote: "it distills ResNet-50"`).reasons).toEqual([
    '11: ResNet-50 DISTILLS_INTO MobileNet: the quote "it distills ResNet-50" is not in the text of "Tiny Distillation"; copy it exactly',
  ]);
});

it('rejects every quote about a document without text', () => {
  const { curation } = readCuration('tiny.yaml', `${ENTITIES}\n  - { ${DISTILLS}, ${QUOTE} }`);
  const rejections = curation ? curatedFacts(curation, { ...document, text: null }).rejections : [];
  expect(rejections).toMatchObject([{ file: 'tiny.yaml', line: 11 }]);
});

it('rejects a relation that the ontology forbids and says what it joins', () => {
  expect(curate(`type: DISTILLS_INTO, from: TinyDistill, to: MobileNet, ${QUOTE}`).reasons).toEqual([
    '11: TinyDistill DISTILLS_INTO MobileNet: DISTILLS_INTO cannot join Technique → Model; it joins Model → Model, Dataset → Dataset',
  ]);
});

it('rejects entities that are not declared, at either end', () => {
  const { reasons } = curate(
    `type: DISTILLS_INTO, from: ViT, to: MobileNet, ${QUOTE}`,
    `type: DISTILLS_INTO, from: MobileNet, to: DeiT, ${QUOTE}`,
  );
  expect(reasons).toEqual([
    '11: ViT DISTILLS_INTO MobileNet: "ViT" is not declared under entities',
    '12: MobileNet DISTILLS_INTO DeiT: "DeiT" is not declared under entities',
  ]);
});

it('rejects an entity declared twice, whatever the kinds', () => {
  const source = 'document: T\nentities:\n  - { kind: Model, name: DMD }\n  - { kind: Technique, name: DMD }';
  const { curation, rejections } = readCuration('t.yaml', source);
  expect(curation?.mentions).toEqual([{ kind: 'MODEL', name: 'DMD', aliases: [] }]);
  expect(rejections).toEqual([{ file: 't.yaml', line: 4, reason: 'entities: "DMD" is declared already' }]);
});

it('rejects a relation of an entity to itself, also in another spelling or as the paper', () => {
  const { reasons } = curate(
    `type: DISTILLS_INTO, from: MobileNet, to: MobileNet, ${QUOTE}`,
    `type: DISTILLS_INTO, from: ResNet-50, to: ResNet50, ${QUOTE}`,
    `type: CITES, to: Tiny distillation, ${QUOTE}`,
  );
  expect(reasons).toEqual([
    '11: MobileNet DISTILLS_INTO MobileNet: an entity cannot relate to itself',
    '12: ResNet-50 DISTILLS_INTO ResNet50: an entity cannot relate to itself',
    '13: this paper CITES Tiny distillation: an entity cannot relate to itself',
  ]);
});

it('takes a fact once, and again for another quote or another result', () => {
  const { facts, reasons } = curate(
    `${DISTILLS}, ${QUOTE}`,
    `${DISTILLS}, confidence: 0.5, ${QUOTE}`,
    `${DISTILLS}, quote: "distills ResNet-50"`,
    `${EVALUATED}, metric: Top-1, raw: "71.2%"`,
    `${EVALUATED}, metric: Top-1, raw: "71.2%", setting: crops`,
  );
  expect(facts).toHaveLength(4);
  expect(reasons).toEqual(['12: ResNet-50 DISTILLS_INTO MobileNet: the same fact stands in this file already']);
});

it('reads a result, and takes the value from the text where it is a plain number', () => {
  const { facts } = curate(
    `${EVALUATED}, metric: Top-1, raw: "71.2%", value: 71.2, unit: "%", setting: crops`,
    `${EVALUATED}, metric: Top-1, raw: "71.2"`,
    `${EVALUATED}, metric: Top-1, raw: "about 71"`,
  );
  expect(facts.map(({ score }) => score)).toEqual([
    { metric: 'Top-1', value: 71.2, raw: '71.2%', unit: '%', setting: 'crops' },
    { metric: 'Top-1', value: 71.2, raw: '71.2', unit: null, setting: null },
    { metric: 'Top-1', value: null, raw: 'about 71', unit: null, setting: null },
  ]);
});

it('rejects entries that are not well formed one by one, each with its line', () => {
  const { facts, reasons } = curate(
    `${EVALUATED}, metric: Top-1`,
    `${EVALUATED}, raw: "71.2"`,
    `${EVALUATED}, value: 71.2`,
    `${DISTILLS}, ${QUOTE}, metric: Top-1, raw: "71.2"`,
    `${DISTILLS}, ${QUOTE}, via: finetune`,
    `${DISTILLS}, ${QUOTE}, confidence: 1.5`,
    `${DISTILLS}, ${QUOTE}, confidence: high`,
    `${DISTILLS}, ${QUOTE}, certainty: 1`,
    `${DISTILLS}, quote: ""`,
    `type: LIKES, to: MobileNet, ${QUOTE}`,
    `${DISTILLS}, ${QUOTE}`,
  );
  expect(facts).toHaveLength(1);
  expect(reasons).toMatchInlineSnapshot(`
    [
      "11: facts: metric and raw come together",
      "12: facts: metric and raw come together",
      "13: facts: value, unit and setting need a metric",
      "14: facts: only EVALUATED_ON has a metric",
      "15: facts: only DERIVED_FROM has via",
      "16: facts: confidence: Too big: expected number to be <=1",
      "17: facts: confidence: Invalid input: expected number, received string",
      "18: facts: Unrecognized key: "certainty"",
      "19: facts: quote: Too small: expected string to have >=1 characters",
      "20: facts: type: Invalid option: expected one of "INTRODUCES"|"STUDIES"|"USES"|"EXTENDS"|"DISTILLS_INTO"|"DERIVED_FROM"|"TRAINED_ON"|"GENERATED_BY"|"EVALUATED_ON"|"COMPARES_WITH"|"OUTPERFORMS"|"APPLIED_TO"|"PART_OF"|"IS_A"|"IMPLEMENTED_IN"|"CITES"",
    ]
  `);
});

it('names the line of broken YAML and reads nothing of the file', () => {
  expect(readCuration('t.yaml', 'document: T\nentities:\n  - { kind: Model, name: "A }\nfacts: []')).toEqual({
    curation: null,
    rejections: [{ file: 't.yaml', line: 4, reason: 'Missing closing "quote at line 4, column 10' }],
  });
});

it('rejects a file that does not say which document it is about', () => {
  const reason = 'the key `document` must hold the exact title of a paper';
  for (const source of ['', '- a\n- b', 'entities: []', 'document: [A]'])
    expect(readCuration('t.yaml', source)).toEqual({
      curation: null,
      rejections: [{ file: 't.yaml', line: 1, reason }],
    });
});

it('rejects unknown keys of the file and of its entities, and lists that are none', () => {
  const { rejections } = readCuration(
    't.yaml',
    'document: T\nentities:\n  - { kind: Model, name: A, colour: red }\nfact: []\nfacts: none',
  );
  expect(rejections.map(({ line, reason }) => `${String(line)}: ${reason}`)).toEqual([
    '4: unknown key `fact`; the keys are document, entities, facts',
    '3: entities: Unrecognized key: "colour"',
    '5: facts: must be a list',
  ]);
});

it('takes web addresses only as the url of an entity', () => {
  const { curation, rejections } = readCuration(
    't.yaml',
    'document: T\nentities:\n  - { kind: Model, name: A, url: "javascript:alert(1)" }\n  - { kind: Model, name: B, url: "https://b.org" }',
  );
  expect(curation?.mentions).toEqual([{ kind: 'MODEL', name: 'B', aliases: [], url: 'https://b.org' }]);
  expect(rejections).toEqual([{ file: 't.yaml', line: 3, reason: 'entities: url: Invalid URL' }]);
});
