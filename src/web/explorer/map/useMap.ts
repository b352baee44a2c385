/** The map as it comes from its worker: read, then laid out while it is looked at. */
import { useEffect, useState } from 'react';
import { AskError, type Asked } from '../ask.js';
import { recovered } from '../connection.js';
import { loadedOf, place, type Loaded, type Step, type Told } from './graph.js';

/** The map of this visit, once it is laid out. */
let kept: Loaded | undefined;

/** Whoever wants no motion sees the map when it has come to rest. */
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Puts entities where the latest step has them, at most once a picture. */
function placing(graph: Loaded['graph'], placed: (share: number) => void): (step: Step) => void {
  let latest: Step | null = null;
  return (step) => {
    if (latest === null)
      requestAnimationFrame(() => {
        if (latest === null) return;
        place(graph, latest);
        placed(latest.share);
        latest = null;
      });
    latest = step;
  };
}

/** @returns the map, and how far its layout is, from 0 to 1 */
export function useMap(): { asked: Asked<Loaded>; progress: number } {
  const [answer, setAnswer] = useState(kept);
  const [error, setError] = useState<AskError>();
  const [progress, setProgress] = useState(kept ? 1 : 0);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (kept) return;
    let left = false;
    const fail = (message: string) => setError(new AskError('MAP', message));
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    let step: (step: Step) => void = () => undefined;
    worker.onerror = () => fail('The map could not be made.');
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if ('failed' in data) return void fail(data.failed);
      if ('away' in data) return void recovered('server').then(() => left || setRound(round + 1));
      if ('step' in data) return void step(data.step);
      const loaded = loadedOf(data.read);
      const show = () => setAnswer(loaded);
      step = placing(loaded.graph, (share) => {
        setProgress(share);
        if (share < 1) return;
        kept = loaded;
        show();
      });
      if (!still.matches) show();
    };
    return () => {
      left = true;
      worker.terminate();
    };
  }, [round]);
  const again = (): void => {
    setError(undefined);
    setRound(round + 1);
  };
  return { asked: { answer, error, again }, progress };
}
