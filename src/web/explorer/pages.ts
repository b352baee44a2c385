/** The pages, each loaded when it is first opened. A page is one row here and one address in src/paths.ts. */
import { lazy, type ComponentType } from 'react';
import { PAGE_PATHS, type PagePath } from '../../paths.js';
import { HomePage } from './home/HomePage.js';
import type { PageProps } from './router.js';

const PAGES: Record<PagePath, ComponentType<PageProps>> = {
  '/': HomePage,
  '/e/*': lazy(() => import('./entity/EntityPage.js')),
  '/path': lazy(() => import('./path/PathPage.js')),
  '/d/*': lazy(() => import('./dataset/DatasetPage.js')),
  '/lineage/*': lazy(() => import('./lineage/LineagePage.js')),
  '/ontology': lazy(() => import('./ontology/OntologyPage.js')),
  '/map': lazy(() => import('./map/MapPage.js')),
};

/** Shown where no page has the address. */
export const NotFoundPage = lazy(() => import('./NotFoundPage.js'));

/** The page of a path and the id in it; null where no page has it. */
export function pageOf(path: string): { Page: ComponentType<PageProps>; id: string } | null {
  for (const pattern of PAGE_PATHS) {
    const prefix = pattern.endsWith('*') ? pattern.slice(0, -1) : null;
    if (prefix === null ? path === pattern : path.startsWith(prefix) && path !== prefix)
      return { Page: PAGES[pattern], id: prefix === null ? '' : path.slice(prefix.length) };
  }
  return null;
}
