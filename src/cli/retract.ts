/** The commands that overrule facts: retract, retractions. */
import type { Config } from '../config.js';
import { StemmaError } from '../errors.js';
import { graphOf } from '../graph/graph.js';
import { ruleOf } from '../ontology.js';
import type { RelationType } from '../ontology.js';
import type { Asker } from './ask.js';
import { dim, print, printJson, wrapped } from './output.js';
import { openForWriting } from './store.js';

export interface RetractOptions {
  reason?: string;
  undo?: boolean;
  json?: boolean;
}

/** Retracts the claim behind a fact, or takes that back. @throws BAD_USER_INPUT for a retraction without a reason */
export async function retractCommand(config: Config, fact: string, options: RetractOptions): Promise<void> {
  const { reason, undo = false, json = false } = options;
  if (undo !== (reason === undefined))
    throw new StemmaError('BAD_USER_INPUT', 'give --reason "…" to retract, or --undo to take it back');
  const engine = await openForWriting(config);
  try {
    const graph = graphOf(engine);
    const by = 'command line';
    const retraction =
      reason === undefined ? await graph.undoRetraction(fact, by) : await graph.retract(fact, { reason, by });
    if (json) printJson({ retracted: !undo, retraction });
    else if (retraction === null) print('the fact is not retracted');
    else
      print(
        `${undo ? 'in the graph again' : 'retracted'}: ${retraction.from} ${ruleOf(retraction.type).verb} ${retraction.to}, says ${retraction.document} (${retraction.reason}; ${retraction.retractedAt})`,
      );
  } finally {
    await engine.close();
  }
}

interface Shown {
  id: string;
  type: RelationType;
  source: { id: string; name: string } | null;
  target: { id: string; name: string } | null;
  document: { id: string; title: string };
  method: string;
  reason: string;
  retractedAt: string;
  evidence: { id: string; quote: string | null }[];
}

const ANY = '(no longer in the graph)';

/** Prints what was retracted, the latest first. */
export async function retractionsCommand(
  asker: Asker,
  { first, json }: { first: number; json?: boolean },
): Promise<void> {
  const query = `query ($first: Int) { retractions(first: $first) { totalCount nodes { id type source { id name } target { id name } document { id title } method reason retractedAt evidence { id quote } } } }`;
  const { retractions } = await asker.ask<{ retractions: { totalCount: number; nodes: Shown[] } }>(query, { first });
  if (json) return void printJson(retractions);
  for (const { id, type, source, target, document, method, reason, retractedAt, evidence } of retractions.nodes) {
    print(`${source?.name ?? ANY} ${ruleOf(type).verb} ${target?.name ?? ANY} ${dim(id)}`);
    print(`  ${reason} ${dim(retractedAt)}`);
    for (const { quote } of evidence)
      if (quote !== null) for (const line of wrapped(`“${quote}”`, 96)) print(dim(`  ${line}`));
    print(dim(`  — ${document.title} (${method.toLowerCase()})`));
  }
  print(`${String(retractions.nodes.length)} of ${String(retractions.totalCount)} retractions`);
}
