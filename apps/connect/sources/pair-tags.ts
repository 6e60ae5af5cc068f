/** Presses of a button, read as starts and ends. UTC epoch milliseconds. */
export interface PairedTags {
  readonly pairs: readonly { readonly startMs: number; readonly endMs: number }[];
  /** Presses without a partner. */
  readonly alone: readonly number[];
  /** True when the last press of all is among them. */
  readonly isOdd: boolean;
}

const longestMs = 2 * 3_600_000;

/**
 * Takes presses two by two, in their order in time. One that is more than two hours before the next
 * is alone, and the next begins a pair: a press that was forgotten turns no later pair around.
 */
export function pairTags(pressesMs: readonly number[]): PairedTags {
  const ascending = [...new Set(pressesMs)].toSorted((a, b) => a - b);
  const pairs: { startMs: number; endMs: number }[] = [];
  const alone: number[] = [];
  let startMs: number | undefined;
  for (const pressMs of ascending) {
    if (startMs === undefined) {
      startMs = pressMs;
    } else if (pressMs - startMs <= longestMs) {
      pairs.push({ startMs, endMs: pressMs });
      startMs = undefined;
    } else {
      alone.push(startMs);
      startMs = pressMs;
    }
  }
  if (startMs !== undefined) alone.push(startMs);
  return { pairs, alone, isOdd: startMs !== undefined };
}
