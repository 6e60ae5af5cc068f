import { mean, quantile } from './describe.ts';

/** Ranks from 1, equal values sharing the mean of theirs. */
export function ranks(values: readonly number[]): readonly number[] {
  const order = [...values.keys()].toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranked = Array.from<number>({ length: values.length });
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to] ?? 0] === values[order[from] ?? 0]) to++;
    for (let at = from; at < to; at++) ranked[order[at] ?? 0] = (from + 1 + to) / 2;
    from = to;
  }
  return ranked;
}

/** Spearman's ρ; 0 where one side is constant. */
export function spearman(left: readonly number[], right: readonly number[]): number {
  return correlation(ranks(left), ranks(right));
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const a = centred(left);
  const b = centred(right);
  const scale = Math.sqrt(dot(a, a) * dot(b, b));
  return scale === 0 ? 0 : dot(a, b) / scale;
}

function centred(values: readonly number[]): readonly number[] {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += (left[index] ?? 0) * (right[index] ?? 0);
  return sum;
}

/** Length of the runs of days that are kept together, so that a lasting mood is not read as many. */
export function blockLength(n: number): number {
  return Math.max(1, Math.round(n ** (1 / 3)));
}

/**
 * Two-sided p of ρ by permutation of blocks of days (a random rotation, then the blocks in random
 * order): days that resemble their neighbours would make a plain permutation too sure.
 */
export function permutationP(
  left: readonly number[],
  right: readonly number[],
  { permutations, random }: { readonly permutations: number; readonly random: () => number },
): number {
  // Order changes neither mean nor spread of the ranks: their products alone tell.
  const a = centred(ranks(left));
  const b = centred(ranks(right));
  const observed = Math.abs(dot(a, b));
  let asExtreme = 1;
  for (let count = 0; count < permutations; count++) {
    const shuffled = shuffleBlocks(b, random);
    // A hair below, so that rounding does not make an equal arrangement look less extreme.
    if (Math.abs(dot(a, shuffled)) >= observed - 1e-9) asExtreme++;
  }
  return asExtreme / (permutations + 1);
}

function shuffleBlocks(values: readonly number[], random: () => number): readonly number[] {
  const rotation = Math.floor(random() * values.length);
  const rotated = [...values.slice(rotation), ...values.slice(0, rotation)];
  const length = blockLength(values.length);
  const blocks: number[][] = [];
  for (let at = 0; at < rotated.length; at += length) blocks.push(rotated.slice(at, at + length));
  for (let last = blocks.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const moved = blocks[last] ?? [];
    blocks[last] = blocks[other] ?? [];
    blocks[other] = moved;
  }
  return blocks.flat();
}

/** 95 % interval of ρ by the moving-block bootstrap (Künsch 1989). */
export function bootstrapInterval(
  left: readonly number[],
  right: readonly number[],
  { resamples, random }: { readonly resamples: number; readonly random: () => number },
): readonly [low: number, high: number] {
  const n = left.length;
  const length = blockLength(n);
  const values: number[] = [];
  for (let count = 0; count < resamples; count++) {
    const days: number[] = [];
    while (days.length < n) {
      const start = Math.floor(random() * (n - length + 1));
      for (let at = 0; at < length && days.length < n; at++) days.push(start + at);
    }
    values.push(
      spearman(
        days.map((day) => left[day] ?? 0),
        days.map((day) => right[day] ?? 0),
      ),
    );
  }
  values.sort((a, b) => a - b);
  return [quantile(values, 0.025), quantile(values, 0.975)];
}
