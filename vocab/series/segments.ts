import type { ReadingColumns } from './series.ts';

/** Readings `from` until before `to`, at one offset from UTC. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  /** Milliseconds from each reading to the next; absent when they differ, 0 for a single reading. */
  readonly periodMs?: number;
}

/**
 * From this many equally spaced readings on, a run is a segment of its own. A segment costs about
 * 130 bytes of Turtle and a gap inside an irregular one 4, so shorter runs share a segment: with 360
 * instead of 1000, minutes of heart rate with a gap every night took 1.68 bytes each.
 */
const shortestRun = 1000;

/** Splits columns where the offset from UTC changes and around long runs without a gap. */
export function* segmentsOf(columns: ReadingColumns): Generator<Segment> {
  const { timesMs, utcOffsetMinutes } = columns;
  for (let from = 0; from < timesMs.length;) {
    let to = from + 1;
    while (to < timesMs.length && utcOffsetMinutes[to] === utcOffsetMinutes[from]) to++;
    yield* segmentsOfStretch(timesMs, from, to);
    from = to;
  }
}

function* segmentsOfStretch(timesMs: Float64Array, from: number, to: number): Generator<Segment> {
  let pending = from;
  for (let start = from; start < to;) {
    const end = runEnd(timesMs, start, to);
    if (end - start >= shortestRun) {
      if (pending < start) yield segment(timesMs, pending, start);
      yield segment(timesMs, start, end);
      pending = end;
      start = end;
    } else {
      // The last reading of a run may begin the next one.
      start = Math.max(end - 1, start + 1);
    }
  }
  if (pending < to) yield segment(timesMs, pending, to);
}

function interval(timesMs: Float64Array, index: number): number {
  return (timesMs[index + 1] ?? NaN) - (timesMs[index] ?? NaN);
}

function runEnd(timesMs: Float64Array, start: number, to: number): number {
  if (start + 1 >= to) return to;
  const periodMs = interval(timesMs, start);
  let end = start + 2;
  while (end < to && interval(timesMs, end - 1) === periodMs) end++;
  return end;
}

function segment(timesMs: Float64Array, from: number, to: number): Segment {
  if (to - from === 1) return { from, to, periodMs: 0 };
  return runEnd(timesMs, from, to) === to
    ? { from, to, periodMs: interval(timesMs, from) }
    : { from, to };
}
