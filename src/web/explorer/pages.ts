/** The pages, each loaded when it is first opened. A page is one row here and one address in src/paths.ts. */
import { lazy, type ComponentType } from 'react';
import { PAGE_PATHS, type PagePath } from '../../paths.js';
import { recovered } from './connection.js';
import { HomePage } from './home/HomePage.js';
import { hasNavigated, type PageProps } from './router.js';

/** How soon the server is asked whether it is there, in ms, when a page's files did not come. */
const LOOK_AFTER = 100;

/**
 * A page whose files come when it is first opened. Where they do not, since the server is away or has newer ones, the
 * whole page is loaded again when the server answers, at the address that the visitor chose; where that does not help,
 * it fails.
 */
const page = (load: () => Promise<{ default: ComponentType<PageProps> }>) =>
  lazy(() =>
    load().catch(async (failure: unknown) => {
      await recovered('server', LOOK_AFTER);
      if (!hasNavigated()) throw failure;
      location.reload();
      return await new Promise<never>(() => undefined);
    }),
  );

const PAGES: Record<PagePath, ComponentType<PageProps>> = {
  '/': HomePage,
  '/e/*': page(() => import('./entity/EntityPage.js')),
  '/path': page(() => import('./path/PathPage.js')),
  '/d/*': page(() => import('./dataset/DatasetPage.js')),
  '/lineage/*': page(() => import('./lineage/LineagePage.js')),
  '/ontology': page(() => import('./ontology/OntologyPage.js')),
  '/map': page(() => import('./map/MapPage.js')),
};

/** Shown where no page has the address. */
export const NotFoundPage = page(() => import('./NotFoundPage.js'));

/** The page of a path and the id in it; null where no page has it. */
export function pageOf(path: string): { Page: ComponentType<PageProps>; id: string } | null {
  for (const pattern of PAGE_PATHS) {
    const prefix = pattern.endsWith('*') ? pattern.slice(0, -1) : null;
    if (prefix === null ? path === pattern : path.startsWith(prefix) && path !== prefix)
      return { Page: PAGES[pattern], id: prefix === null ? '' : path.slice(prefix.length) };
  }
  return null;
}
