/** What is shown, as files for other tools. */
import { FORMAT_NAMES } from '../../export/names.js';
import { withSearch } from './router.js';

/** The same folded away, for what can be told in a line. */
export const ExportMenu = ({ of }: { of: Readonly<Record<string, string | null>> }) => (
  <details className="export-menu">
    <summary>Export</summary>
    <ExportLinks of={of} />
  </details>
);

/** `of` names the part of the graph, as the parameters of an export do; without any it is the whole graph. */
export function ExportLinks({ of = {} }: { of?: Readonly<Record<string, string | null>> }) {
  return (
    <ul className="exports">
      {Object.entries(FORMAT_NAMES).map(([format, name]) => (
        <li key={format}>
          <a href={withSearch(`/export/${format}`, of)} download>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
