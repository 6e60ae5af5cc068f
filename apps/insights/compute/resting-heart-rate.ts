import { blockMs, type SensorDay } from './heart-rate-of-days.ts';
import { dayOf } from './local-time.ts';
import type { Sleep } from './sleep-of-days.ts';
import { median } from './statistics/describe.ts';

/** What tells whether the wearer was at rest. Starts of blocks on the wearer's clock. */
export interface RestEvidence {
  readonly sleeps: ReadonlyMap<string, readonly Sleep[]>;
  /** Ten-minute blocks with at least one step. */
  readonly movingBlocks: ReadonlySet<number>;
  /** Days whose steps were measured minute by minute. */
  readonly daysWithSteps: ReadonlySet<string>;
}

/** Two hours at rest with heart rate: with less, the lowest half hour is a matter of luck. */
const leastRestBlocks = 12;
/** Thirty minutes. */
const windowBlocks = 3;
/** Share of its usual readings that a block needs. */
const leastDensity = 0.5;
/** Where neither sleep nor steps are known, rest is looked for until this hour. */
const nightEndMs = 6 * 3_600_000;

interface RestBlock {
  readonly day: string;
  readonly mean: number;
}

/**
 * The resting heart rate of each day: the lowest mean over thirty minutes in a row at rest. A
 * sleep counts for its day of waking. Days with too little heart rate at rest have none.
 */
export function restingHeartRates(
  sensorDays: ReadonlyMap<string, SensorDay>,
  evidence: RestEvidence,
): ReadonlyMap<string, number> {
  const atRest = new Map<number, RestBlock>();
  const dayOfSleep = sleepBlocks(evidence.sleeps);
  for (const { blocks } of sensorDays.values()) {
    // By day: a device may sample every minute on one day and every five seconds on the next.
    const usual = median([...blocks.values()].map(({ n }) => n));
    for (const [start, { n, mean }] of blocks) {
      if (n < leastDensity * usual) continue;
      const day = dayOfSleep.get(start) ?? awakeDay(start, evidence);
      if (day !== undefined) atRest.set(start, { day, mean });
    }
  }
  return lowestWindows(atRest);
}

/** Blocks that lie within a sleep, with the day it belongs to. */
function sleepBlocks(sleeps: ReadonlyMap<string, readonly Sleep[]>): ReadonlyMap<number, string> {
  const days = new Map<number, string>();
  for (const sleep of [...sleeps.values()].flat()) {
    const first = Math.ceil(sleep.start / blockMs) * blockMs;
    for (let start = first; start + blockMs <= sleep.end; start += blockMs) {
      days.set(start, sleep.day);
    }
  }
  return days;
}

/** The day of a waking block at rest: no step in it nor in the ten minutes before. */
function awakeDay(
  start: number,
  { sleeps, movingBlocks, daysWithSteps }: RestEvidence,
): string | undefined {
  const day = dayOf(start);
  if (daysWithSteps.has(day)) {
    return movingBlocks.has(start) || movingBlocks.has(start - blockMs) ? undefined : day;
  }
  if (sleeps.has(day)) return undefined;
  return start - Date.parse(`${day}T00:00:00Z`) < nightEndMs ? day : undefined;
}

function lowestWindows(atRest: ReadonlyMap<number, RestBlock>): ReadonlyMap<string, number> {
  const blocksOfDay = new Map<string, number>();
  const lowest = new Map<string, number>();
  for (const [start, { day }] of atRest) {
    blocksOfDay.set(day, (blocksOfDay.get(day) ?? 0) + 1);
    let sum = 0;
    let length = 0;
    for (; length < windowBlocks; length++) {
      const block = atRest.get(start + length * blockMs);
      if (block?.day !== day) break;
      sum += block.mean;
    }
    if (length < windowBlocks) continue;
    lowest.set(day, Math.min(sum / windowBlocks, lowest.get(day) ?? Infinity));
  }
  return new Map([...lowest].filter(([day]) => (blocksOfDay.get(day) ?? 0) >= leastRestBlocks));
}
