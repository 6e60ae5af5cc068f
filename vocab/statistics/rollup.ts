import { decimalText } from '../document/decimals.ts';
import type { Rollup } from '../records/episodes.ts';
import type { ReadingColumns } from '../series/series.ts';

/** Daily and hourly statistics, each ascending by start. */
export interface Rollups {
  readonly days: readonly Rollup[];
  readonly hours: readonly Rollup[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Running statistics of an hour; `greatSquares` holds what would pass 2^53 in `squares`. */
interface Tally {
  count: number;
  sum: number;
  squares: number;
  greatSquares: bigint;
  min: number;
  max: number;
}

/** Statistics of scaled values, exact. */
interface Statistics {
  readonly count: number;
  readonly sum: bigint;
  readonly squares: bigint;
  readonly min: number;
  readonly max: number;
}

/** Statistics of readings by the wearer's local days and hours, exact whatever their number. */
export function rollUp(columns: ReadingColumns): Rollups {
  const hours = new Map<number, Statistics>();
  const days = new Map<number, Statistics>();
  for (const [hour, tally] of hourlyTallies(columns)) {
    const { count, sum, squares, greatSquares, min, max } = tally;
    const statistics = {
      count,
      sum: BigInt(sum),
      squares: greatSquares + BigInt(squares),
      min,
      max,
    };
    hours.set(hour, statistics);
    const day = Math.floor(hour / 24);
    const earlier = days.get(day);
    days.set(day, earlier === undefined ? statistics : combined(earlier, statistics));
  }
  return { days: asRollups(days, 24, columns.scale), hours: asRollups(hours, 1, columns.scale) };
}

function hourlyTallies(columns: ReadingColumns): Map<number, Tally> {
  const { timesMs, utcOffsetMinutes, scaledValues } = columns;
  const tallies = new Map<number, Tally>();
  let currentHour = NaN;
  let tally = emptyTally();
  for (let index = 0; index < timesMs.length; index++) {
    const localMs = (timesMs[index] ?? 0) + (utcOffsetMinutes[index] ?? 0) * minuteMs;
    const hour = Math.floor(localMs / hourMs);
    if (hour !== currentHour) {
      currentHour = hour;
      tally = tallies.get(hour) ?? emptyTally();
      tallies.set(hour, tally);
    }
    add(tally, scaledValues[index] ?? 0);
  }
  return tallies;
}

function emptyTally(): Tally {
  return { count: 0, sum: 0, squares: 0, greatSquares: 0n, min: Infinity, max: -Infinity };
}

function add(tally: Tally, value: number): void {
  tally.count++;
  // Exact for 4 million readings of the greatest 32-bit value in an hour.
  tally.sum += value;
  if (value < tally.min) tally.min = value;
  if (value > tally.max) tally.max = value;
  const square = value * value;
  if (tally.squares + square <= Number.MAX_SAFE_INTEGER) {
    tally.squares += square;
  } else {
    tally.greatSquares += BigInt(tally.squares) + BigInt(value) ** 2n;
    tally.squares = 0;
  }
}

function combined(a: Statistics, b: Statistics): Statistics {
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    squares: a.squares + b.squares,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

function asRollups(all: Map<number, Statistics>, hoursEach: number, scale: number): Rollup[] {
  return [...all]
    .toSorted(([a], [b]) => a - b)
    .map(([index, { count, sum, squares, min, max }]) => ({
      start: new Date(index * hoursEach * hourMs).toISOString().slice(0, hoursEach === 1 ? 13 : 10),
      count,
      sum: decimalText(sum, scale),
      sumOfSquares: decimalText(squares, 2 * scale),
      min: decimalText(min, scale),
      max: decimalText(max, scale),
    }));
}

/** A year's statistics with those of one local month, `YYYY-MM`, computed afresh. */
export function replaceMonth(rollups: Rollups, month: string, fresh: Rollups): Rollups {
  const isOfMonth = ({ start }: Rollup): boolean => start.startsWith(`${month}-`);
  const replace = (old: readonly Rollup[], now: readonly Rollup[]): Rollup[] =>
    [...old.filter((rollup) => !isOfMonth(rollup)), ...now.filter(isOfMonth)].toSorted((a, b) =>
      a.start < b.start ? -1 : 1,
    );
  return {
    days: replace(rollups.days, fresh.days),
    hours: replace(rollups.hours, fresh.hours),
  };
}
