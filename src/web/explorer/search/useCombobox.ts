import { useEffect, useState, type KeyboardEvent } from 'react';
import type { EntityKind } from '../../../ontology.js';
import { useSuggestions, type Suggestion } from './useSuggestions.js';

export interface ComboboxOptions {
  /** What the box holds until something is typed, and again when this changes. */
  initial: string;
  kinds?: readonly EntityKind[];
  /** A suggestion was chosen. */
  onPick: (suggestion: Suggestion) => void;
  /** Enter without a choice; left out where only suggestions count, then the first for the whole text is chosen. */
  onSubmit?: (text: string) => void;
}

/** What a combobox holds, shows and does; option `active` has the cursor, -1 while none has. */
export function useCombobox({ initial, kinds, onPick, onSubmit }: ComboboxOptions) {
  const [text, setText] = useText(initial);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  // Enter came before the suggestions for what was typed.
  const [waits, setWaits] = useState(false);
  const suggestions = useSuggestions(open ? text : '', kinds);
  const options = suggestions?.nodes ?? [];
  const hasAll = onSubmit !== undefined && options.length > 0;
  // The places that the arrows go through: each option, the one for all results, and the text itself.
  const places = options.length + Number(hasAll) + 1;
  const shown = open && suggestions !== null;
  const answered = suggestions?.text === text.trim();
  const close = () => {
    setOpen(false);
    setWaits(false);
    setActive(-1);
  };
  const choose = (index: number) => {
    const option = options[index] ?? (onSubmit || !answered ? undefined : options[0]);
    const asked = text.trim();
    if (option) onPick(option);
    else if (onSubmit && asked !== '') onSubmit(asked);
    else return void setWaits(open && !answered);
    if (option) setText(onSubmit ? '' : option.name);
    close();
  };
  useEffect(() => {
    if (waits && answered) choose(-1);
  });
  const keys: Partial<Record<string, () => void>> = {
    ArrowDown: () => (shown ? setActive(((active + 2) % places) - 1) : setOpen(true)),
    ArrowUp: () => shown && setActive(((active + places) % places) - 1),
    Enter: () => choose(active),
    Escape: () => (open ? close() : setText('')),
  };
  return {
    text,
    active,
    shown,
    options,
    /** How many results there are behind the suggestions; null where they are not offered. */
    all: hasAll ? (suggestions?.totalCount ?? null) : null,
    setActive,
    choose,
    close,
    show: () => setOpen(true),
    type: (typed: string) => {
      setText(typed);
      setOpen(true);
      setActive(-1);
      setWaits(false);
    },
    onKeyDown: (event: KeyboardEvent) => {
      const act = keys[event.key];
      if (!act || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    },
  };
}

/** A text to be changed, which is `initial` again whenever that changes. */
function useText(initial: string) {
  const [given, setGiven] = useState(initial);
  const [text, setText] = useState(initial);
  if (given !== initial) {
    setGiven(initial);
    setText(initial);
  }
  return [text, setText] as const;
}
