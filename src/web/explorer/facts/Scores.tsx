/** Results of evaluations as a table; each number has the words that give it. */
import type { ReactNode } from 'react';
import type { ScoreFragment } from '../../generated/graphql.js';
import { EntityLink } from '../ui.js';
import { useFactFocus } from './focus.js';
import { Proof } from './Proofs.js';

// Roles are named, since a table that is laid out as blocks loses those it has.

/** A column: which end of the evaluation, or what else of it, is shown. */
type Column = 'subject' | 'dataset' | 'metric';
const TITLES: Record<Column, string> = { subject: 'Who', dataset: 'Dataset', metric: 'Metric' };

interface ScoresProps {
  scores: readonly ScoreFragment[];
  columns: readonly Column[];
  caption: ReactNode;
  within?: string;
}

export function Scores({ scores, columns, caption, within }: ScoresProps) {
  return (
    <div className="table-wrap" role="region" aria-label="Results" tabIndex={0}>
      <table className="scores" role="table">
        <caption>{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col">
                {TITLES[column]}
              </th>
            ))}
            <th role="columnheader" scope="col" className="number">
              Value
            </th>
            <th role="columnheader" scope="col">
              Setting
            </th>
            <th role="columnheader" scope="col">
              In its words
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {scores.map((score) => (
            <Row key={score.evidence.id} score={score} columns={columns} within={within} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  score: ScoreFragment;
  columns: readonly Column[];
  within: string | undefined;
}

function Row({ score, columns, within }: RowProps) {
  return (
    <tr role="row" {...useFactFocus([score.evidence.id])}>
      {columns.map((column) => (
        <td role="cell" key={column}>
          {column === 'metric' ? score.metric : <EntityLink {...score[column]} />}
        </td>
      ))}
      <td role="cell" className="number">
        {numberOf(score)}
      </td>
      <td role="cell">{score.setting}</td>
      <td role="cell">
        <Proof
          proof={score.evidence}
          within={within}
          named={columns.includes('subject') ? score.subject.id : undefined}
        />
      </td>
    </tr>
  );
}

/** The number as its text writes it, with its unit. */
export const numberOf = ({ raw, unit }: Pick<ScoreFragment, 'raw' | 'unit'>): string =>
  !unit || raw.endsWith(unit) ? raw : unit === '%' ? `${raw} %` : `${raw} ${unit}`;
