/** What is said above every page: that something is under way, that it takes long, that the server is away. */
import { useEffect, useState } from 'react';
import { tryNow, useConnection, type Trouble } from './connection.js';

const SHOW_AFTER = 300;
const SLOW_AFTER = 4000;

const TROUBLES: Record<Trouble, string> = {
  server: 'The server does not answer. Is it running? This page goes on by itself when it is back.',
  database: 'The server has lost its database. This page goes on by itself when it is back.',
  rate: 'The server was asked more than it allows from one address. This page goes on by itself in a moment.',
};

export function Notices() {
  const { since, trouble } = useConnection();
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    setWaited(0);
    if (since === null) return;
    const timers = [SHOW_AFTER, SLOW_AFTER].map((after) => setTimeout(() => setWaited(after), after));
    return () => timers.forEach(clearTimeout);
  }, [since]);
  return (
    <div className="notices">
      {waited > 0 && !trouble && <div className="progress" />}
      <div role="status">
        {trouble ? (
          <p className="notice trouble">
            {TROUBLES[trouble]} <button onClick={tryNow}>Try now</button>
          </p>
        ) : (
          waited >= SLOW_AFTER && <p className="notice">Still working: the answer takes longer than usual.</p>
        )}
      </div>
    </div>
  );
}
