import { useEffect, useRef } from 'react';
import { navigate, pathOf, useRoute, withSearch } from '../router.js';
import { Combobox } from './Combobox.js';

const WRITES = 'input, textarea, select, [contenteditable]';

/** The search of every page's header; `/` brings the cursor there. */
export function SearchBox() {
  const { path, search } = useRoute();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const writes = event.target instanceof Element && event.target.closest(WRITES) !== null;
      if (event.key !== '/' || writes || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const asked = path === '/' ? (search.get('q') ?? '') : '';
  return (
    <search className="search-box">
      <Combobox
        inputRef={input}
        label="Search papers, techniques, datasets, models and repositories"
        placeholder="Search everything"
        initial={asked}
        onPick={({ id }) => navigate(pathOf('/e/', id))}
        onSubmit={(text) => navigate(withSearch('/', { q: text }))}
      >
        <kbd aria-hidden="true">/</kbd>
      </Combobox>
    </search>
  );
}
