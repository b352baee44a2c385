import { Suspense } from 'react';
import type { PagePath } from '../../paths.js';
import { Notices } from './Notices.js';
import { NotFoundPage, pageOf } from './pages.js';
import { Link, useRoute } from './router.js';
import { SearchBox } from './search/SearchBox.js';
import { Waiting } from './ui.js';

/** What every page leads to, besides the search. */
const NAV: readonly [PagePath, string][] = [
  ['/path', 'Path'],
  ['/map', 'Map'],
  ['/ontology', 'Ontology'],
];

export function App() {
  const route = useRoute();
  const { Page, id } = pageOf(route.path) ?? { Page: NotFoundPage, id: '' };
  return (
    <>
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="header">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="22" height="22" />
          Stemma
        </Link>
        <SearchBox />
        <nav aria-label="Pages">
          {NAV.map(([to, label]) => (
            <Link key={to} to={to} aria-current={route.path === to ? 'page' : undefined}>
              {label}
            </Link>
          ))}
          <a href="/playground">Playground</a>
        </nav>
      </header>
      <Notices />
      <main id="main" tabIndex={-1}>
        <Suspense fallback={<Waiting />}>
          <Page key={route.path} route={route} id={id} />
        </Suspense>
      </main>
    </>
  );
}
