/** The map as it comes: read, then laid out. */
import { useEffect, useState } from 'react';
import { AskError, type Asked } from '../ask.js';
import { layOut, readGraph, type Loaded } from './graph.js';

/** The map of this visit; it is read once. */
let kept: Loaded | undefined;

/** @returns the map, and how far its layout is, from 0 to 1, while there is none */
export function useMap(): { asked: Asked<Loaded>; progress: number } {
  const [answer, setAnswer] = useState(kept);
  const [error, setError] = useState<AskError>();
  const [progress, setProgress] = useState(0);
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (kept) return;
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      const loaded = await readGraph(controller.signal);
      await layOut(loaded.graph, setProgress, controller.signal);
      kept = loaded;
      setAnswer(loaded);
    };
    read().catch((failure: unknown) => {
      if (!controller.signal.aborted)
        setError(new AskError('MAP', failure instanceof Error ? failure.message : String(failure)));
    });
    return () => controller.abort();
  }, [round]);
  const again = (): void => {
    setError(undefined);
    setRound(round + 1);
  };
  return { asked: { answer, error, again }, progress };
}
