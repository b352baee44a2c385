/** Tells, by hashes, that a text is no key of a set and begins none, without making that text. */

/** The hash of the empty text. */
export const NOTHING = 0;

/** The hash of a text that goes on with `more`. */
export function goneOn(hash: number, more: string): number {
  let h = hash;
  for (let i = 0; i < more.length; i++) h = (Math.imul(h, 0x01000193) ^ more.charCodeAt(i)) + 1;
  return h | 0;
}

/** Hashes, one bit each, so that one may be taken for another. */
class Marks {
  private readonly bytes: Uint8Array;
  private readonly shift: number;

  constructor(bits: number) {
    this.bytes = new Uint8Array(2 ** (bits - 3));
    this.shift = 32 - bits;
  }

  add(hash: number): void {
    const place = this.placeOf(hash);
    this.bytes[place >>> 3] = (this.bytes[place >>> 3] ?? 0) | (1 << (place & 7));
  }

  has(hash: number): boolean {
    const place = this.placeOf(hash);
    return ((this.bytes[place >>> 3] ?? 0) & (1 << (place & 7))) !== 0;
  }

  private placeOf(hash: number): number {
    return Math.imul(hash, 0x9e3779b1) >>> this.shift;
  }
}

/** The keys of some names. It errs on the side of yes, so whoever is told so still has to look the key up. */
export class Keys {
  private readonly whole: Marks;
  private readonly begun: Marks;

  /** @param bits of two to the power of `bits` bits, far more than all keys have letters */
  constructor(bits: number) {
    this.whole = new Marks(bits);
    this.begun = new Marks(bits);
  }

  add(key: string): void {
    let hash = NOTHING;
    for (const letter of key) this.begun.add((hash = goneOn(hash, letter)));
    this.whole.add(hash);
  }

  /** Whether the text of a hash may be a key. */
  mayBe(hash: number): boolean {
    return this.whole.has(hash);
  }

  /** Whether some key may begin with the text of a hash. */
  mayBegin(hash: number): boolean {
    return this.begun.has(hash);
  }
}
