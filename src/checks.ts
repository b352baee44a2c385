/** What an argument must be, whoever takes it. */
import { badInput } from './errors.js';

/** @throws BAD_USER_INPUT for a text that nothing in the graph can have: with NUL or half a surrogate pair */
export function checkText(argument: string, text: string): void {
  if (/[\0\p{Surrogate}]/u.test(text)) throw badInput(argument, 'contains NUL or half a surrogate pair; remove it');
}

/** A confidence within 0…1, another one where it is not given. @throws BAD_USER_INPUT */
export function confidenceIn(argument: string, given: number | null | undefined, otherwise: number): number {
  const confidence = given ?? otherwise;
  if (!(confidence >= 0 && confidence <= 1)) throw badInput(argument, `must be from 0 to 1, not ${String(confidence)}`);
  return confidence;
}
