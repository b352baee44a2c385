/** Where the visitor is. The address is the whole state: a link shows the same to everyone, back and forward work. */
import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react';

export interface Route {
  /** Decoded, as in `/e/repo:github.com/owner/name`. */
  path: string;
  search: URLSearchParams;
}

/** What a page is given: the route, and the id in its path, empty where its path has none. */
export interface PageProps {
  route: Route;
  id: string;
}

let current = read();
let navigations = 0;
const listeners = new Set<() => void>();

addEventListener('popstate', arrive);

function read(): Route {
  return { path: decoded(location.pathname), search: new URLSearchParams(location.search) };
}

/** A path that is not well encoded stays as it came: no page has it, so the visitor is told. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function arrive(): void {
  current = read();
  navigations++;
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void): (() => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useRoute = (): Route => useSyncExternalStore(subscribe, () => current);

/** Whether the visitor came to this page from another one of the explorer, and not by opening its address. */
export const hasNavigated = (): boolean => navigations > 0;

/** Goes to a path with its search, as `pathOf` or `changed` makes it; `replace` makes no step for the back button. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const leaves = new URL(to, location.href).pathname !== location.pathname;
  history[replace || to === location.pathname + location.search ? 'replaceState' : 'pushState'](null, '', to);
  arrive();
  if (leaves) scrollTo(0, 0);
}

/** The address of a page about an id: `pathOf('/e/', id)`. Slashes and colons of ids stay readable. */
export const pathOf = (prefix: `/${string}/`, id: string): string =>
  prefix + encodeURIComponent(id).replaceAll('%2F', '/').replaceAll('%3A', ':');

/** An address with its search parameters: `withSearch('/path', { from, to })`. Null and '' leave a parameter out. */
export function withSearch(path: string, parameters: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = new URLSearchParams(given)
    .toString()
    .replaceAll('%3A', ':')
    .replaceAll('%2F', '/')
    .replaceAll('%2C', ',');
  return search ? `${path}?${search}` : path;
}

/** This page with some search parameters changed; null removes one. */
export const changed = ({ search }: Route, parameters: Readonly<Record<string, string | null>>): string =>
  withSearch(location.pathname, { ...Object.fromEntries(search), ...parameters });

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { to: string; replace?: boolean };

/** A link inside the explorer. New tabs, downloads and the keyboard work as with any link, since it is one. */
export function Link({ to, replace = false, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || elsewhere) return;
    event.preventDefault();
    navigate(to, { replace });
  };
  return <a href={to} onClick={follow} {...rest} />;
}
