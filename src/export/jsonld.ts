/** JSON-LD 1.1: entities, their relations as triples, and each relation once more as a statement with its support. */
import type { Supported } from '../graph/export.js';
import { ENTITY_KINDS } from '../ontology.js';
import { each } from './chunks.js';
import type { Columns } from './columns.js';
import { attributesOf, edgeId } from './columns.js';
import type { ExportNode, Selection } from './select.js';

const SCHEMA = 'https://schema.org/';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';

/** What is Stemma's own has a URN. */
const TERM = 'urn:stemma:term:';
const iri = (id: string): string => `urn:stemma:${encodeURI(id.replace(/\p{Cs}/gu, '\uFFFD'))}`;

const reference = (id: string): { '@id': string; '@type': '@id' } => ({ '@id': id, '@type': '@id' });

/** The context stands in the document, so that nobody has to fetch it. */
const CONTEXT = {
  '@version': 1.1,
  '@vocab': TERM,
  Paper: `${SCHEMA}ScholarlyArticle`,
  Dataset: `${SCHEMA}Dataset`,
  Repo: `${SCHEMA}SoftwareSourceCode`,
  name: `${SCHEMA}name`,
  aliases: { '@id': `${SCHEMA}alternateName`, '@container': '@set' },
  description: `${SCHEMA}description`,
  url: reference(`${SCHEMA}url`),
  publishedOn: { '@id': `${SCHEMA}datePublished`, '@type': `${XSD}date` },
  Statement: `${RDF}Statement`,
  subject: reference(`${RDF}subject`),
  predicate: reference(`${RDF}predicate`),
  object: reference(`${RDF}object`),
  confidence: { '@id': `${TERM}confidence`, '@type': `${XSD}double` },
  document: reference(`${TERM}document`),
};

const nodeObject = (columns: Columns, node: ExportNode): string => {
  const { kind: _, ...attributes } = attributesOf(columns.nodes, node);
  return JSON.stringify({ '@id': iri(node.id), '@type': ENTITY_KINDS[node.kind].label, ...attributes });
};

const edgeObjects = (columns: Columns, edge: Supported): string[] => {
  const { type: _, document, ...attributes } = attributesOf(columns.edges, edge);
  const [subject, object] = [iri(edge.source), iri(edge.target)];
  const triple = { '@id': subject, [edge.type]: { '@id': object } };
  const statement = {
    '@id': iri(`relation:${edgeId(edge)}`),
    '@type': 'Statement',
    subject,
    predicate: TERM + edge.type,
    object,
    ...attributes,
    ...(document !== undefined && { document: iri(edge.document) }),
  };
  return [JSON.stringify(triple), JSON.stringify(statement)];
};

async function* bothOf({ columns, nodes, edges }: Selection): AsyncGenerator<string[]> {
  for await (const page of nodes()) yield page.map((node) => nodeObject(columns, node));
  for await (const page of edges()) yield page.flatMap((edge) => edgeObjects(columns, edge));
}

/** A document with one object an entity and two a relation. https://www.w3.org/TR/json-ld11/ */
export async function* jsonld(selection: Selection): AsyncGenerator<string> {
  yield `{"@context":${JSON.stringify(CONTEXT)},\n"@graph":[\n`;
  yield* each(bothOf(selection), (object) => object, ',\n');
  yield '\n]}\n';
}
