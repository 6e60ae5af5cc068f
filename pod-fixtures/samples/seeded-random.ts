// Bound once: inside jest each look-up of a global costs more than the sums here.
const { floor, imul } = Math;
const bellScale = Math.sqrt(3);

/** A seeded stream of pseudo-random numbers, the same on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  chance(probability: number): boolean;
  /**
   * Bell-shaped with mean 0 and deviation 1, never past ±3.5: a sum of four uniforms (Irwin–Hall).
   * Box–Muller would need `Math.log` and `Math.cos`, whose last bit engines are free to choose.
   */
  bell(): number;
}

/** Mulberry32 (Tommy Ettinger, public domain), started from a seed and a name for what is drawn. */
export function seededRandom(seed: number, ...purpose: readonly (string | number)[]): Random {
  let state = hash(`${seed}/${purpose.join('/')}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    whole: (low, high) => low + floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    bell: () => (next() + next() + next() + next() - 2) * bellScale,
  };
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value;
}
