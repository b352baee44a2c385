/** A box to type a name into, with suggestions: the combobox pattern of ARIA, by keyboard and by mouse. */
import { useId, useRef, type ReactNode, type Ref } from 'react';
import { KindIcon } from '../kinds.js';
import { useCombobox, type ComboboxOptions } from './useCombobox.js';
import './search.css';

interface ComboboxProps extends ComboboxOptions {
  label: string;
  placeholder: string;
  inputRef?: Ref<HTMLInputElement>;
  /** Drawn inside the box at its end. */
  children?: ReactNode;
}

const TEXT_MAX = 200;
/** Shorter texts are only found as whole words. */
const TEXT_MIN = 3;

export function Combobox({ label, placeholder, inputRef, children, ...options }: ComboboxProps) {
  const list = useId();
  const box = useRef<HTMLDivElement>(null);
  const state = useCombobox(options);
  const { text, active, shown } = state;
  return (
    <div
      className="combobox"
      ref={box}
      onBlur={(event) => !box.current?.contains(event.relatedTarget) && state.close()}
    >
      <input
        ref={inputRef}
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={list}
        aria-activedescendant={active >= 0 && shown ? optionId(list, active) : undefined}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={TEXT_MAX}
        placeholder={placeholder}
        value={text}
        onChange={({ target }) => state.type(target.value)}
        onClick={state.show}
        onKeyDown={state.onKeyDown}
      />
      {children}
      <Options id={list} label={label} state={state} />
      <p className={shown && state.options.length === 0 ? 'none' : 'visually-hidden'} role="status">
        {shown && told(text, state.options.length)}
      </p>
    </div>
  );
}

function told(text: string, options: number): string {
  if (options > 0) return options === 1 ? '1 suggestion' : `${String(options)} suggestions`;
  return text.trim().length < TEXT_MIN ? 'Go on typing.' : 'Nothing is called so.';
}

const optionId = (list: string, index: number): string => `${list}-${String(index)}`;

function Options({ id, label, state }: { id: string; label: string; state: ReturnType<typeof useCombobox> }) {
  const { options, all, active, shown } = state;
  const option = (index: number, content: ReactNode) => (
    <li
      key={index}
      id={optionId(id, index)}
      role="option"
      aria-selected={index === active}
      onMouseMove={() => state.setActive(index)}
      onClick={() => state.choose(index)}
    >
      {content}
    </li>
  );
  return (
    // A press on the list must not take the focus out of the box.
    <ul
      id={id}
      role="listbox"
      aria-label={label}
      hidden={!shown || options.length === 0}
      onMouseDown={(event) => event.preventDefault()}
    >
      {options.map(({ kind, name }, index) =>
        option(
          index,
          <>
            <KindIcon kind={kind} />
            <span>{name}</span>
          </>,
        ),
      )}
      {all !== null &&
        option(
          options.length,
          <span className="all">{all === 1 ? 'The only result' : `All ${String(all)} results`}</span>,
        )}
    </ul>
  );
}
