/** Who may write: whoever sends the key. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { StemmaError } from './errors.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * What lets a mutation pass: the Authorization header of its request must carry the key. Digests are compared, so
 * that the time it takes says nothing of the key or its length.
 * @returns a function that throws FORBIDDEN where no key is set, UNAUTHENTICATED for a wrong one or none
 */
export function gateOf(apiKey: string | null): (authorization: string | undefined) => void {
  const expected = apiKey === null ? null : digest(apiKey);
  return (authorization) => {
    if (!expected)
      throw new StemmaError(
        'FORBIDDEN',
        'nothing can be written over HTTP until the server has a key: set STEMMA_API_KEY, start it again, and send the key as "Authorization: Bearer <key>"',
      );
    const sent = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (sent === undefined || !timingSafeEqual(digest(sent), expected))
      throw new StemmaError(
        'UNAUTHENTICATED',
        sent === undefined
          ? 'writing needs the key of this server: send it as "Authorization: Bearer <key>"'
          : 'the key in the Authorization header is not the one of this server (STEMMA_API_KEY)',
      );
  };
}
