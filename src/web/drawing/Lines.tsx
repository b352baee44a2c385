/** The lines of a drawing: one stop for the Tab key, from which arrow keys go from line to line. */
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Route } from './place.js';
import { RouteLine } from './Routes.js';
import type { Names } from './sentence.js';

interface LinesProps {
  routes: readonly Route[];
  names: Names;
  pinned: string | null;
  faint: (line: string) => boolean;
  onPin: (line: string) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Goes to the line before or behind the one that has the focus, round and round. */
function step(event: KeyboardEvent<SVGGElement>): void {
  const by = STEPS[event.key];
  if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const lines = [...event.currentTarget.querySelectorAll<SVGGElement>('.route')];
  const at = lines.findIndex((line) => line === document.activeElement);
  if (at < 0) return;
  // The drawing moves by these keys, too.
  event.preventDefault();
  event.stopPropagation();
  lines[(at + by + lines.length) % lines.length]?.focus({ preventScroll: true });
}

export function Lines({ routes, names, pinned, faint, onPin }: LinesProps) {
  const [visited, setVisited] = useState<string | null>(null);
  const has = (id: string | null) => routes.some(({ line }) => line.id === id);
  const stop = [visited, pinned].find(has) ?? routes[0]?.line.id;
  return (
    <g
      onKeyDown={step}
      onFocus={({ target }) => setVisited(target.closest('[data-id]')?.getAttribute('data-id') ?? null)}
    >
      {routes.map((route) => (
        <RouteLine
          key={route.line.id}
          {...{ route, names }}
          isStop={route.line.id === stop}
          faint={faint(route.line.id)}
          pressed={route.line.id === pinned}
          onPress={onPin}
        />
      ))}
    </g>
  );
}
