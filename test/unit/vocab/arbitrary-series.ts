import * as fc from 'fast-check';
import type { DocumentPlace, ReadingColumns, Series, SignalName } from '../../../vocab/index.ts';
import { signalNames } from '../../../vocab/index.ts';

/** A fixed seed: a failure that was seen is seen again. */
export const seeded = { seed: 20_160_412, numRuns: 150 };

export const place: DocumentPlace = {
  documentUrl: 'https://pod.example/alice/wellness/heart-rate/fitbit-1_2016-03.ttl',
  sensorIri: 'https://pod.example/alice/wellness/sensor/fitbit-1.ttl#it',
};

const monthStartMs = Date.UTC(2016, 2, 2, 12);
const longestMs = 25 * 86_400_000;

const runs = fc.array(
  fc.record({
    intervalMs: fc.oneof(
      fc.constantFrom(1000, 5000, 10_000, 60_000),
      fc.integer({ min: 1, max: 200_000_000 }),
    ),
    times: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }) },
      { weight: 1, arbitrary: fc.integer({ min: 900, max: 1300 }) },
    ),
  }),
  { maxLength: 12 },
);

const offsets = fc.array(
  fc.record({
    utcOffsetMinutes: fc.constantFrom(0, 60, 120, -300, 330, -570, 840, -840),
    times: fc.integer({ min: 1, max: 1500 }),
  }),
  { minLength: 1, maxLength: 4 },
);

const values = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: -100, max: 200 }) },
    { weight: 1, arbitrary: fc.integer() },
    { weight: 1, arbitrary: fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 0) },
  ),
  { minLength: 1, maxLength: 40 },
);

/** Columns of March 2016: regular runs, gaps, single readings, none, changes of the offset. */
export const columns: fc.Arbitrary<ReadingColumns> = fc
  .record({ runs, offsets, values, scale: fc.integer({ min: 0, max: 6 }) })
  .map((parts) => {
    const times: number[] = [];
    let timeMs = monthStartMs;
    for (const { intervalMs, times: count } of parts.runs) {
      for (let index = 0; index < count; index++) {
        if (timeMs - monthStartMs > longestMs) break;
        times.push(timeMs);
        timeMs += intervalMs;
      }
    }
    const eachOffset = parts.offsets.flatMap(({ utcOffsetMinutes, times: count }) =>
      Array.from({ length: count }, () => utcOffsetMinutes),
    );
    return {
      timesMs: Float64Array.from(times),
      utcOffsetMinutes: Int16Array.from(times, (_, index) => eachOffset[index] ?? 0),
      scaledValues: Int32Array.from(times, (_, i) => parts.values[i % parts.values.length] ?? 0),
      scale: parts.scale,
    };
  });

/** A series of March 2016, of any signal. */
export const series: fc.Arbitrary<Series> = fc
  .record({ columns, signal: fc.constantFrom<SignalName>(...signalNames) })
  .map(({ columns: made, signal }) => seriesOf(made, signal));

/** A series of March 2016 that holds the columns. */
export function seriesOf(made: ReadingColumns, signal: SignalName = 'heart-rate'): Series {
  return { signal, source: 'fitbit-1', month: '2016-03', timeZone: 'Europe/Brussels', ...made };
}

/** Columns from rows of instant, offset and scaled value. */
export function columnsOf(
  rows: readonly (readonly [timeMs: number, utcOffsetMinutes: number, scaledValue: number])[],
  scale = 0,
): ReadingColumns {
  return {
    timesMs: Float64Array.from(rows, ([timeMs]) => timeMs),
    utcOffsetMinutes: Int16Array.from(rows, ([, offset]) => offset),
    scaledValues: Int32Array.from(rows, ([, , value]) => value),
    scale,
  };
}

/** The rows of columns, to compare and to print. */
export function rowsOf({ timesMs, utcOffsetMinutes, scaledValues }: ReadingColumns): number[][] {
  return Array.from(timesMs, (timeMs, index) => [
    timeMs,
    utcOffsetMinutes[index] ?? NaN,
    scaledValues[index] ?? NaN,
  ]);
}
