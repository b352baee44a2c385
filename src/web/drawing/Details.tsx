/** What is behind the thing that is pointed at: the sentences of a line, the relations of a node, the nodes of a bundle. */
import type { ReactNode } from 'react';
import { ENTITY_KINDS, ruleOf } from '../../ontology.js';
import { Marked } from '../explorer/ui.js';
import type { Evidence, Graph, GraphEdge, GraphNode } from './graph.js';
import type { BundleBox, Layout } from './layout.js';
import { standingOf, sureness } from './sentence.js';

const LISTED_MAX = 40;

interface DetailsProps {
  graph: Graph;
  drawing: Layout;
  /** Id of a node, bundle or line; null when nothing has been pointed at yet. */
  pointed: string | null;
  linkOf: (node: GraphNode) => ReactNode;
  /** What else can be done at a node. */
  actionsOf?: ((node: GraphNode) => ReactNode) | undefined;
  onOpen: (bundle: string) => void;
}

export function Details({ graph, drawing, pointed, linkOf, actionsOf, onOpen }: DetailsProps) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const link = (id: string) => {
    const node = nodes.get(id);
    return node ? linkOf(node) : id;
  };
  const line = drawing.routes.find((route) => route.line.id === pointed)?.line;
  const bundle = drawing.bundles.find(({ id }) => id === pointed);
  const node = pointed === null ? undefined : nodes.get(pointed);
  return (
    <section className="details" aria-label="Details" aria-live="polite">
      {!line && !bundle && !node && <p className="details-hint">Point at a line or a box to read what supports it.</p>}
      {line?.relations.slice(0, LISTED_MAX).map((relation) => (
        <Sentence key={relation.id} {...{ relation, link, linkOf }} />
      ))}
      {bundle && <Members {...{ box: bundle, link, onOpen }} />}
      {node && <NodeDetails {...{ node, graph, link, linkOf }} actions={actionsOf?.(node)} />}
    </section>
  );
}

type Link = (id: string) => ReactNode;

interface SentenceProps extends Pick<DetailsProps, 'linkOf'> {
  relation: GraphEdge;
  link: Link;
}

function Sentence({ relation, link, linkOf }: SentenceProps) {
  const { type, source, target, via, evidence = [], evidenceCount = evidence.length, confidence } = relation;
  return (
    <div className="sentence">
      <p className="sentence-claim">
        {link(source)} <span className="sentence-verb">{ruleOf(type).verb}</span> {link(target)}
        {via ? ` (${via})` : ''}
      </p>
      {evidence.length === 0 && <p className="sentence-source">{sureness(confidence)}</p>}
      {evidence.map((each, i) => (
        <Source key={i} evidence={each} linkOf={linkOf} />
      ))}
      {evidenceCount > evidence.length && evidence.length > 0 && (
        <p className="sentence-source">and {evidenceCount - evidence.length} more facts</p>
      )}
    </div>
  );
}

function Source({ evidence, linkOf }: Pick<DetailsProps, 'linkOf'> & { evidence: Evidence }) {
  const { quote, context, document, source } = evidence;
  const start = quote && context ? context.indexOf(quote) : -1;
  return (
    <figure className="evidence">
      {quote ? (
        <blockquote>
          {context && start >= 0 ? <Marked text={context} marks={[{ start, end: start + quote.length }]} /> : quote}
        </blockquote>
      ) : (
        <p className="evidence-unquoted">Public knowledge, without a quote.</p>
      )}
      <figcaption>
        {source ? (
          linkOf(source)
        ) : document.url ? (
          <a href={document.url} rel="noreferrer">
            {document.title}
          </a>
        ) : (
          document.title
        )}
        <br />
        {standingOf(evidence)}
      </figcaption>
    </figure>
  );
}

function Members({ box: { id, bundle }, link, onOpen }: { box: BundleBox; link: Link; onOpen: (id: string) => void }) {
  const shown = bundle.members.slice(0, LISTED_MAX);
  return (
    <>
      <p className="sentence-claim">
        {bundle.members.length} more at {link(bundle.hub)}
      </p>
      <button type="button" onClick={() => onOpen(id)}>
        Show them
      </button>
      <ul className="members">
        {shown.map((member) => (
          <li key={member}>{link(member)}</li>
        ))}
      </ul>
      {bundle.members.length > shown.length && <p>and {bundle.members.length - shown.length} more</p>}
    </>
  );
}

interface NodeProps extends Pick<DetailsProps, 'linkOf'> {
  node: GraphNode;
  graph: Graph;
  link: Link;
  actions: ReactNode;
}

function NodeDetails({ node, graph, link, linkOf, actions }: NodeProps) {
  const relations = graph.edges.filter(({ source, target }) => source === node.id || target === node.id);
  return (
    <>
      <p className="details-kind">{ENTITY_KINDS[node.kind].label}</p>
      <p className="details-name">{link(node.id)}</p>
      {actions && <p className="details-actions">{actions}</p>}
      {relations.slice(0, LISTED_MAX).map((relation) => (
        <Sentence key={relation.id} {...{ relation, link, linkOf }} />
      ))}
      {relations.length > LISTED_MAX && <p>and {relations.length - LISTED_MAX} more relations</p>}
    </>
  );
}
