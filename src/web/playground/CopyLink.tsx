/** A button that puts a link to the question in front on the clipboard, and into the address. */
import { useGraphiQL } from '@graphiql/react';
import { useState } from 'react';

export function CopyLink() {
  const query = useGraphiQL(({ queryEditor }) => queryEditor);
  const variables = useGraphiQL(({ variableEditor }) => variableEditor);
  const [said, setSaid] = useState('');
  const copy = async () => {
    const search = new URLSearchParams({ query: query?.getValue() ?? '', variables: variables?.getValue() ?? '' });
    history.replaceState(null, '', `?${search}`);
    // A page that did not come safely has no clipboard; the address has the link.
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid('Copied');
    } catch {
      setSaid('In the address');
    }
    setTimeout(() => setSaid(''), 3000);
  };
  return (
    <>
      <button
        type="button"
        className="graphiql-un-styled graphiql-toolbar-button draw-button"
        onClick={() => void copy()}
      >
        Copy link
      </button>
      <span role="status" className="copied">
        {said}
      </span>
    </>
  );
}
