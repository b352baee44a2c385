/** Results of evaluations as a table; each number has the words that give it. */
import type { ReactNode } from 'react';
import type { ScoreFragment } from '../../generated/graphql.js';
import { EntityLink } from '../ui.js';
import { useFactFocus } from './focus.js';
import { Proof } from './Proofs.js';

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
      <table className="scores">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {TITLES[column]}
              </th>
            ))}
            <th scope="col" className="number">
              Value
            </th>
            <th scope="col">Setting</th>
            <th scope="col">In its words</th>
          </tr>
        </thead>
        <tbody>
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
    <tr {...useFactFocus([score.evidence.id])}>
      {columns.map((column) => (
        <td key={column}>{column === 'metric' ? score.metric : <EntityLink {...score[column]} />}</td>
      ))}
      <td className="number">{numberOf(score)}</td>
      <td>{score.setting}</td>
      <td>
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
