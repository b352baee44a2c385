/** Keeps what a model answered, a file an answer, so that a run that was cut off goes on and a second one costs nothing. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { badInput, reasonOf } from '../../errors.js';

export interface Kept {
  /** null where nothing is kept under the key */
  find(key: string): string | null;
  /** Replaces what is there, in one step. */
  keep(key: string, text: string): void;
}

/** @throws BAD_USER_INPUT where the directory cannot be made */
export function openKept(directory: string): Kept {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw badInput('STEMMA_LLM_CACHE', `${directory} cannot be made (${reasonOf(error)})`);
  }
  const pathOf = (key: string): string => join(directory, `${key}.txt`);
  return {
    find: (key) => {
      try {
        return readFileSync(pathOf(key), 'utf8');
      } catch {
        return null;
      }
    },
    keep: (key, text) => {
      const written = `${pathOf(key)}.${String(process.pid)}`;
      writeFileSync(written, text);
      renameSync(written, pathOf(key));
    },
  };
}
