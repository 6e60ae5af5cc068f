import { dailyMeasures } from './daily-measures.ts';
import type { DailySummary, SleepEpisode, StressEpisode } from './episodes.ts';

/*
 * Each rule takes the greater of two records in a total order, so that merging documents gives the
 * same whatever the order and however often.
 */

/**
 * Sleeps of two documents as one, ascending by start. Of two records of one source with the same
 * start and identifier the one that ends later stays, then the one with more stages: a device that
 * is read out during the night reports a shorter one first.
 */
export function mergeSleep(a: readonly SleepEpisode[], b: readonly SleepEpisode[]): SleepEpisode[] {
  return greatest([...a, ...b], {
    key: ({ source, startMs, sourceRecordId }) => JSON.stringify([source, startMs, sourceRecordId]),
    compare: (x, y) =>
      x.endMs - y.endMs ||
      x.stages.length - y.stages.length ||
      x.asleepMinutes - y.asleepMinutes ||
      compareTexts(sleepText(x), sleepText(y)),
  }).toSorted((x, y) => x.startMs - y.startMs || compareTexts(sleepText(x), sleepText(y)));
}

/** Stress episodes of two documents as one; of two with one source and start the longer stays. */
export function mergeStress(
  a: readonly StressEpisode[],
  b: readonly StressEpisode[],
): StressEpisode[] {
  return greatest([...a, ...b], {
    key: ({ source, startMs }) => JSON.stringify([source, startMs]),
    compare: (x, y) => x.endMs - y.endMs || compareTexts(stressText(x), stressText(y)),
  }).toSorted((x, y) => x.startMs - y.startMs || compareTexts(x.source, y.source));
}

/**
 * Daily summaries of two documents as one, ascending by day. Of each measure the greater value
 * stays: an export made before the day's end holds less of it.
 */
export function mergeDailySummaries(
  a: readonly DailySummary[],
  b: readonly DailySummary[],
): DailySummary[] {
  const merged = new Map<string, DailySummary>();
  for (const summary of [...a, ...b]) {
    const key = JSON.stringify([summary.source, summary.day]);
    const earlier = merged.get(key);
    const values = dailyMeasures.flatMap(([measure]) => {
      const known = [earlier?.[measure], summary[measure]].filter((value) => value !== undefined);
      return known.length === 0 ? [] : [[measure, Math.max(...known)] as const];
    });
    const { day, source } = summary;
    merged.set(key, { day, source, ...Object.fromEntries(values) });
  }
  return [...merged.values()].toSorted(
    (x, y) => compareTexts(x.day, y.day) || compareTexts(x.source, y.source),
  );
}

interface Order<T> {
  readonly key: (record: T) => string;
  readonly compare: (a: T, b: T) => number;
}

function greatest<T>(records: readonly T[], { key, compare }: Order<T>): T[] {
  const best = new Map<string, T>();
  for (const record of records) {
    const known = best.get(key(record));
    if (known === undefined || compare(record, known) > 0) best.set(key(record), record);
  }
  return [...best.values()];
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sleepText(episode: SleepEpisode): string {
  const { source, utcOffsetMinutes, timeZone, sourceRecordId, inBedMinutes, stages } = episode;
  const intervals = stages.map((each) => [
    each.startMs,
    each.endMs,
    each.utcOffsetMinutes,
    each.stage,
  ]);
  return JSON.stringify([
    source,
    utcOffsetMinutes,
    timeZone,
    sourceRecordId,
    inBedMinutes,
    intervals,
  ]);
}

function stressText({ source, utcOffsetMinutes, timeZone }: StressEpisode): string {
  return JSON.stringify([source, utcOffsetMinutes, timeZone]);
}
