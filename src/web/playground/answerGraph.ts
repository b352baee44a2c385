/** What can be drawn of an answer, whatever was asked: the entities in it and the relations between them. */
import { kindOfId, RELATION_TYPES, ruleOf } from '../../ontology.js';
import type { RelationType } from '../../ontology.js';
import type { Evidence, Graph, GraphEdge, GraphNode } from '../drawing/graph.js';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsIn = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
const typeOf = (value: unknown): RelationType | null => RELATION_TYPES.find((type) => type === value) ?? null;

/** The id of an entity; null for a relation, whose id begins with that of its source, and for a fact. */
function idOf(value: unknown): string | null {
  if (!isFields(value) || 'quote' in value || 'method' in value || typeOf(value['type'])) return null;
  const { id } = value;
  return typeof id === 'string' && !id.includes(' ') && kindOfId(id) !== null ? id : null;
}

/**
 * Entities are known by their ids. A relation is known by its type and the ids of its ends, or by where it stands: in
 * the relations of an entity, or in a typed shortcut such as `teachers`.
 */
export function graphIn(answer: unknown): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const add = (type: RelationType, [source, target]: [string | null, string | null], relation: Fields) => {
    if (source === null || target === null) return;
    const id = `${source} ${type} ${target}`;
    const known = edges.get(id);
    if (known?.evidence === undefined) edges.set(id, { ...known, id, type, source, target, ...supportOf(relation) });
  };
  const visit = (value: unknown, owner: string | null): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, owner);
    if (!isFields(value)) return;
    const { direction, relation, type, source, target } = value;
    const id = idOf(value);
    if (id !== null) addNode(nodes, id, value);
    const known = typeOf(type);
    if (known) add(known, [idOf(source), idOf(target)], value);
    const stepType = isFields(relation) ? typeOf(relation['type']) : null;
    if (stepType && isFields(relation) && (direction === 'OUT' || direction === 'IN'))
      add(stepType, endsOf(owner, idOf(value['node']), direction), relation);
    for (const [field, child] of Object.entries(value)) {
      const shortcut = id === null ? null : shortcutOf(id, field);
      if (shortcut)
        for (const { node, relation: said } of stepsOf(child))
          add(shortcut.type, endsOf(id, idOf(node), shortcut.direction), said);
      visit(child, id ?? owner);
    }
  };
  visit(answer, null);
  const ends = [...edges.values()].filter(({ source, target }) => nodes.has(source) && nodes.has(target));
  return { nodes: [...nodes.values()], edges: ends };
}

type Side = 'OUT' | 'IN';

const endsOf = (owner: string | null, other: string | null, side: Side): [string | null, string | null] =>
  side === 'OUT' ? [owner, other] : [other, owner];

/** The first name that the answer gives an entity, its id where it gives none. */
function addNode(nodes: Map<string, GraphNode>, id: string, { name, title }: Fields): void {
  const called = [name, title].find((text) => typeof text === 'string');
  const kind = kindOfId(id);
  const known = nodes.get(id);
  if (kind && (!known || known.name === id)) nodes.set(id, { id, kind, name: called ?? id });
}

/** The relation type that a field of an entity stands for; null where it is no shortcut. */
function shortcutOf(id: string, field: string): { type: RelationType; direction: Side } | null {
  for (const type of RELATION_TYPES) {
    const { endpoints, sourceField, targetField } = ruleOf(type);
    const kind = kindOfId(id);
    if (field === sourceField && endpoints.some(([source]) => source === kind)) return { type, direction: 'OUT' };
    if (field === targetField && endpoints.some(([, target]) => target === kind)) return { type, direction: 'IN' };
  }
  return null;
}

/** The other ends in a list of relations, each with what the answer says of the relation. */
function stepsOf(connection: unknown): { node: unknown; relation: Fields }[] {
  if (!isFields(connection)) return [];
  const edges = fieldsIn(connection['edges']).map(({ node, relation }) => ({
    node,
    relation: isFields(relation) ? relation : {},
  }));
  return [...edges, ...fieldsIn(connection['nodes']).map((node) => ({ node, relation: {} }))];
}

/** What an answer says of a relation; one whose confidence was not asked counts as sure. */
function supportOf({ confidence, via, evidence }: Fields): Pick<GraphEdge, 'confidence' | 'via' | 'evidence'> {
  const said = fieldsIn(evidence).map((fact): Evidence => {
    const { title, url } = isFields(fact['document']) ? fact['document'] : {};
    return {
      quote: typeof fact['quote'] === 'string' ? fact['quote'] : null,
      method: typeof fact['method'] === 'string' ? fact['method'] : null,
      confidence: typeof fact['confidence'] === 'number' ? fact['confidence'] : null,
      document: { title: typeof title === 'string' ? title : '', url: typeof url === 'string' ? url : null },
    };
  });
  return {
    confidence: typeof confidence === 'number' ? confidence : 1,
    ...(typeof via === 'string' && { via }),
    ...(Array.isArray(evidence) && { evidence: said }),
  };
}
