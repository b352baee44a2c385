/** The map's own thread: reads the most connected part of the graph and lays it out, while the page draws and answers. */
import type { Told } from './graph.js';
import { graphOf, layOut, part, type NodeLink } from './layout.js';

/** How many entities are drawn at most: the best connected. */
const DRAWN_MAX = 10_000;

const tell = (told: Told): void => self.postMessage(told);

async function make(): Promise<void> {
  const question = `/export/d3?connected=${DRAWN_MAX}&attributes=name,kind,neighbors,type`;
  const answer = await fetch(question).catch(() => null);
  if (answer === null) return void tell({ away: true });
  if (!answer.ok) throw new Error(`The server could not export the graph: it answered ${answer.status}.`);
  const exported = (await answer.json()) as NodeLink;
  const graph = graphOf(exported);
  const communities = part(graph);
  tell({ read: { graph: graph.export(), complete: exported.graph.complete, communities } });
  for (const step of layOut(graph)) tell({ step });
}

make().catch((error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }));
