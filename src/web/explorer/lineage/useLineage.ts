/** Asks for a lineage and, one after the other, for those of the entities that are expanded in it. */
import { useEffect, useMemo, useState } from 'react';
import { LineageDocument } from '../../generated/graphql.js';
import type { LineageQueryVariables } from '../../generated/graphql.js';
import { ask, AskError, useAnswer } from '../ask.js';
import type { Asked } from '../ask.js';
import type { Controls } from './controls.js';
import { joined } from './join.js';
import type { Lineage } from './join.js';

/** How far an expansion goes: one step, so that it can be looked at before the next. */
const EXPANSION = { depth: 1, limit: 200 };

const variablesOf = (of: string, { relations, kinds, confidence, ...asked }: Controls): LineageQueryVariables => ({
  of,
  direction: asked.direction,
  depth: asked.depth,
  relations: relations && [...relations],
  kinds: kinds && [...kinds],
  minConfidence: confidence || null,
  limit: asked.limit,
});

interface Expanded {
  /** The question that they belong to. */
  key: string;
  lineages: Readonly<Record<string, Lineage | AskError>>;
}

const NONE: Expanded['lineages'] = {};

/** The lineage of an entity as far as it has come; `failures` says why entities could not be expanded. */
export function useLineage(of: string, controls: Controls): Asked<Lineage> & { failures: string[] } {
  const variables = variablesOf(of, controls);
  const key = JSON.stringify(variables);
  const { answer, ...asked } = useAnswer(LineageDocument, variables);
  const [expanded, setExpanded] = useState<Expanded>({ key, lineages: {} });
  const lineages = expanded.key === key ? expanded.lineages : NONE;
  const base = answer?.lineage ?? undefined;
  const { expand } = controls;
  const asking = expand.join(' ');
  const lineage = useMemo(
    () =>
      base &&
      joined(
        base,
        asking.split(' ').flatMap((id) => lineageOf(lineages[id])),
      ),
    [base, lineages, asking],
  );
  const next = lineage?.nodes.find(({ entity: { id } }) => expand.includes(id) && !lineages[id]);
  useEffect(() => {
    if (!next) return;
    const { id } = next.entity;
    const controller = new AbortController();
    const keep = (found: Lineage | AskError) =>
      setExpanded((now) => ({ key, lineages: { ...(now.key === key ? now.lineages : NONE), [id]: found } }));
    const { direction } = next;
    ask(LineageDocument, { ...variables, ...EXPANSION, of: id, direction }, controller.signal).then(
      ({ lineage: found }) => found && keep(found),
      (error: unknown) => error instanceof AskError && keep(error),
    );
    return () => controller.abort();
    // The key stands for the variables.
  }, [key, next?.entity.id]);
  const failures = Object.entries(lineages).flatMap(([id, found]) =>
    found instanceof AskError ? [`${id} could not be expanded: ${found.message}`] : [],
  );
  return { ...asked, answer: lineage, failures };
}

const lineageOf = (found: Lineage | AskError | undefined): Lineage[] =>
  found === undefined || found instanceof AskError ? [] : [found];
