/** Tells that no name begins with a text, without making that text: it is hashed letter by letter. */

/** The hash of the empty text. */
export const NOTHING = 0;

/** The hash of a text that goes on with `more`. */
export function goneOn(hash: number, more: string): number {
  let h = hash;
  for (let i = 0; i < more.length; i++) h = (Math.imul(h, 0x01000193) ^ more.charCodeAt(i)) + 1;
  return h | 0;
}

/** All beginnings of some texts. It may take another text for one, so whoever asks still has to look the whole up. */
export class Beginnings {
  private readonly marks: Uint8Array;
  private readonly shift: number;

  /** @param bits two to the power of `bits` marks are kept: far more than there are beginnings */
  constructor(bits: number) {
    this.marks = new Uint8Array(2 ** (bits - 3));
    this.shift = 32 - bits;
  }

  add(text: string): void {
    let hash = NOTHING;
    for (const letter of text) {
      hash = goneOn(hash, letter);
      const place = this.placeOf(hash);
      this.marks[place >>> 3] = (this.marks[place >>> 3] ?? 0) | (1 << (place & 7));
    }
  }

  /** Whether some text may begin with the one that has a hash. */
  has(hash: number): boolean {
    const place = this.placeOf(hash);
    return ((this.marks[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  private placeOf(hash: number): number {
    return Math.imul(hash, 0x9e3779b1) >>> this.shift;
  }
}
