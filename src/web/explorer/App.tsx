import { Component, Suspense, type ReactNode } from 'react';
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
        <Boundary key={route.path}>
          <Suspense fallback={<Waiting />}>
            <Page route={route} id={id} />
          </Suspense>
        </Boundary>
      </main>
    </>
  );
}

/** Stands in for a page that failed, so that the search and the other pages stay in reach. */
class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="page">
        <div className="problem" role="alert">
          <p>
            <strong>This page could not be shown.</strong>
          </p>
          <p>Its files did not come, or it met something that it does not know.</p>
          <button onClick={() => location.reload()}>Load it again</button>
        </div>
      </div>
    );
  }
}
