import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './playground.css';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { CopyLink } from './playground/CopyLink.js';
import { DrawAnswer } from './playground/DrawAnswer.js';
import { announceTabs } from './playground/tabList.js';
import { exampleQuestions, linkedQuestion } from './questions.js';
import { playgroundStorage, prepareTabs } from './tabs.js';

// Answers come whole, as the server sends them.
const fetcher = createGraphiQLFetcher({ url: '/graphql', enableIncrementalDelivery: false });

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const tabs = prepareTabs(exampleQuestions, linkedQuestion(location.search));

// A link names the question in front; once that changes, a reload must not bring it back.
function forgetLink() {
  if (location.search) history.replaceState(null, '', location.pathname);
}

const container = document.getElementById('playground');
if (!container) throw new Error('The page has no #playground element.');
announceTabs(container);

createRoot(container).render(
  <>
    <h1 className="playground-title">Playground</h1>
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      storage={playgroundStorage}
      {...(tabs.length > 0 && { defaultTabs: tabs })}
      defaultEditorToolsVisibility="variables"
      // Request headers may hold a token, which has no place in the browser's storage.
      shouldPersistHeaders={false}
      onEditQuery={forgetLink}
      onEditVariables={forgetLink}
    >
      <GraphiQL.Logo>
        <a className="graphiql-logo-link" href="/">
          Stemma
        </a>
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <DrawAnswer />
            <CopyLink />
          </>
        )}
      </GraphiQL.Toolbar>
    </GraphiQL>
  </>,
);
