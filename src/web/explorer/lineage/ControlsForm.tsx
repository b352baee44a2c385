/** What is asked of a lineage, to be changed; every change is an address of its own. */
import { ENTITY_KINDS, KINDS, LINEAGE_TYPES } from '../../../ontology.js';
import { alongArrow } from '../../drawing/graph.js';
import { ExportLinks } from '../ExportLinks.js';
import { KindIcon } from '../kinds.js';
import { CONFIDENCES, DEPTHS, DIRECTIONS, exportOf, LIMITS } from './controls.js';
import type { Controls } from './controls.js';

interface ControlsProps {
  /** id of the entity */
  of: string;
  controls: Controls;
  onChange: (changes: Partial<Controls>) => void;
}

const DIRECTION_NAMES = { BOTH: 'both ways', UPSTREAM: 'ancestors', DOWNSTREAM: 'descendants' };

export function ControlsForm({ of, controls, onChange }: ControlsProps) {
  const { direction, depth, relations, kinds, confidence, limit, view } = controls;
  return (
    <form className="lineage-controls" aria-label="What is shown" onSubmit={(event) => event.preventDefault()}>
      <Choice
        label="Show"
        value={direction}
        options={DIRECTIONS.map((each) => [each, DIRECTION_NAMES[each]])}
        onChoose={(chosen) => onChange({ direction: chosen })}
      />
      <Choice
        label="Depth"
        value={depth}
        options={DEPTHS.map((each) => [each, String(each)])}
        onChoose={(chosen) => onChange({ depth: chosen })}
      />
      <Choice
        label="Confidence"
        value={confidence}
        options={CONFIDENCES.map((each) => [each, each === 0 ? 'any' : `${each * 100} % or more`])}
        onChoose={(chosen) => onChange({ confidence: chosen })}
      />
      <Choice
        label="At most"
        value={limit}
        options={LIMITS.map((each) => [each, `${each.toLocaleString('en')} entities`])}
        onChoose={(chosen) => onChange({ limit: chosen })}
      />
      <Several
        label="Relations"
        all={LINEAGE_TYPES}
        chosen={relations}
        nameOf={alongArrow}
        onChoose={(chosen) => onChange({ relations: chosen })}
      />
      <Several
        label="Kinds"
        all={KINDS}
        chosen={kinds}
        nameOf={(kind) => (
          <>
            <KindIcon kind={kind} /> {ENTITY_KINDS[kind].label}
          </>
        )}
        onChoose={(chosen) => onChange({ kinds: chosen })}
      />
      <button
        type="button"
        aria-pressed={view === 'table'}
        onClick={() => onChange({ view: view === 'table' ? 'drawing' : 'table' })}
      >
        As a table
      </button>
      <Export of={exportOf(of, controls)} />
    </form>
  );
}

const Export = ({ of }: { of: Record<string, string | null> }) => (
  <details className="several">
    <summary>Export</summary>
    <div className="several-box">
      What is asked here, for other tools
      <ExportLinks of={of} />
    </div>
  </details>
);

interface ChoiceProps<T> {
  label: string;
  value: T;
  options: (readonly [T, string])[];
  onChoose: (value: T) => void;
}

/** One of a few; a value of the address that is none of them is shown as it is. */
function Choice<T extends string | number>({ label, value, options, onChoose }: ChoiceProps<T>) {
  const known = options.some(([each]) => each === value);
  return (
    <label>
      {label}{' '}
      <select
        value={String(value)}
        onChange={(event) => {
          const chosen = options.find(([each]) => String(each) === event.target.value);
          if (chosen) onChoose(chosen[0]);
        }}
      >
        {!known && <option value={String(value)}>{value}</option>}
        {options.map(([each, name]) => (
          <option key={each} value={String(each)}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface SeveralProps<T> {
  label: string;
  all: readonly T[];
  /** null: all of them */
  chosen: readonly T[] | null;
  nameOf: (each: T) => React.ReactNode;
  onChoose: (chosen: readonly T[] | null) => void;
}

/** Any of a list, at least one. */
function Several<T extends string>({ label, all, chosen, nameOf, onChoose }: SeveralProps<T>) {
  const some = chosen ?? all;
  return (
    <details className="several">
      <summary>
        {label} <span className="several-count">{chosen ? `${chosen.length} of ${all.length}` : 'all'}</span>
      </summary>
      <fieldset>
        <legend>Walk through these {label.toLowerCase()} only</legend>
        {all.map((each) => (
          <label key={each}>
            <input
              type="checkbox"
              checked={some.includes(each)}
              disabled={some.length === 1 && some.includes(each)}
              onChange={({ target: { checked } }) => {
                const next = all.filter((one) => (one === each ? checked : some.includes(one)));
                onChoose(next.length === all.length ? null : next);
              }}
            />{' '}
            {nameOf(each)}
          </label>
        ))}
        <button type="button" disabled={!chosen} onClick={() => onChoose(null)}>
          All
        </button>
      </fieldset>
    </details>
  );
}
