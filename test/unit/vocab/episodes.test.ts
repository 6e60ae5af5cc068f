import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Parser } from 'n3';
import {
  decodeDailySummaries,
  decodeSensor,
  decodeSleep,
  decodeStress,
  encodeDailySummaries,
  encodeSensor,
  encodeSleep,
  encodeStress,
  mergeDailySummaries,
  mergeSleep,
  mergeStress,
  sensorIriOf,
  type DailySummary,
  type Sensor,
  type SleepEpisode,
  type SleepStage,
  type StressEpisode,
} from '../../../vocab/index.ts';
import { seeded } from './arbitrary-series.ts';

const place = {
  documentUrl: 'https://pod.example/alice/wellness/sleep/fitbit-1_2016-03.ttl',
  sensorIri: 'https://pod.example/alice/wellness/sensor/fitbit-1.ttl#it',
};
const { documentUrl } = place;
const source = 'fitbit-1';
const minuteMs = 60_000;

const span = fc
  .record({
    startMinutes: fc.integer({ min: 0, max: 40 }),
    lengthMinutes: fc.integer({ min: 1, max: 600 }),
    utcOffsetMinutes: fc.constantFrom(0, 60, -300),
  })
  .map(({ startMinutes, lengthMinutes, utcOffsetMinutes }) => {
    const startMs = Date.UTC(2016, 2, 5) + startMinutes * minuteMs;
    return { startMs, endMs: startMs + lengthMinutes * minuteMs, utcOffsetMinutes };
  });

const text = fc.string({ unit: 'grapheme', maxLength: 12 });

const stages = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom<SleepStage>('awake', 'restless', 'asleep', 'light', 'deep', 'rem'),
  ),
  { maxLength: 5 },
);

const sleep: fc.Arbitrary<SleepEpisode> = fc
  .record({
    span,
    stages,
    sourceRecordId: fc.option(text, { nil: undefined }),
    asleepMinutes: fc.constantFrom(0, 327, 327.5),
  })
  .map((given) => {
    let startMs = given.span.startMs;
    return {
      ...given.span,
      source,
      timeZone: 'Europe/Brussels',
      ...(given.sourceRecordId === undefined ? {} : { sourceRecordId: given.sourceRecordId }),
      asleepMinutes: given.asleepMinutes,
      inBedMinutes: 346,
      stages: given.stages.map(([minutes, stage]) => {
        const interval = {
          startMs,
          endMs: startMs + minutes * minuteMs,
          utcOffsetMinutes: 60,
          stage,
        };
        startMs = interval.endMs;
        return interval;
      }),
    };
  });

const stress: fc.Arbitrary<StressEpisode> = span.map((given) => ({
  ...given,
  source,
  timeZone: 'Europe/Brussels',
}));

const measure = fc.option(fc.constantFrom(0, 1, 13_162, 62.5), { nil: undefined });
const summary: fc.Arbitrary<DailySummary> = fc
  .record({
    day: fc.constantFrom('2016-03-05', '2016-03-06', '2016-03-07'),
    steps: measure,
    asleepMinutes: measure,
    inBedMinutes: measure,
    sleepRecords: measure,
    restingHeartRate: measure,
  })
  .map(({ day, ...measures }) => ({
    day,
    source,
    ...Object.fromEntries(Object.entries(measures).filter(([, value]) => value !== undefined)),
  }));

/** Runs the laws that make a repeated or reordered import harmless. */
function holdsMergeLaws<T>(arbitrary: fc.Arbitrary<T>, merge: (a: T[], b: T[]) => T[]): void {
  const some = fc.array(arbitrary, { maxLength: 6 });
  fc.assert(
    fc.property(some, some, some, (a, b, c) => {
      const merged = merge(a, b);
      expect(merged).toEqual(merge(b, a));
      expect(merge(merged, c)).toEqual(merge(a, merge(b, c)));
      expect(merge(merged, merged)).toEqual(merged);
      expect(merge(merged, a)).toEqual(merged);
    }),
    seeded,
  );
}

describe('sleep documents', () => {
  it('give back any sleeps as they were', () => {
    fc.assert(
      fc.property(fc.array(sleep), (given) => {
        const decoded = decodeSleep(encodeSleep(given, place), documentUrl);
        // Sleeps that start at once come in any order, so both are put into that of a merge.
        expect(mergeSleep(decoded, [])).toEqual(mergeSleep(given, []));
      }),
      seeded,
    );
  });

  it('write a night of the day of waking', () => {
    const startMs = Date.parse('2016-03-05T22:00:00Z');
    const night = { startMs, endMs: startMs + 8 * 3_600_000, utcOffsetMinutes: 60 };
    const turtle = encodeSleep(
      [
        {
          ...night,
          source,
          timeZone: 'Europe/Brussels',
          asleepMinutes: 1,
          inBedMinutes: 2,
          stages: [],
        },
      ],
      place,
    );
    const day = new Parser({ baseIRI: documentUrl })
      .parse(turtle)
      .find(({ predicate }) => predicate.value.endsWith('#day'))?.object.value;
    expect(day).toBe('2016-03-06');
    expect(turtle).toContain('"2016-03-05T23:00:00+01:00"');
  });

  it('merge by laws, and keep the longer of two versions of a night', () => {
    holdsMergeLaws(sleep, mergeSleep);
    const startMs = Date.UTC(2016, 2, 5);
    const night = (minutes: number): SleepEpisode => ({
      startMs,
      endMs: startMs + minutes * minuteMs,
      utcOffsetMinutes: 60,
      source,
      timeZone: 'Europe/Brussels',
      asleepMinutes: minutes,
      inBedMinutes: minutes,
      stages: [],
    });
    expect(mergeSleep([night(480)], [night(120), night(480)])).toEqual([night(480)]);
  });

  it('refuse a sleep that ends before it starts, and a truncated document', () => {
    const wrong = { startMs: 60_000, endMs: 0, utcOffsetMinutes: 0, source, timeZone: 'UTC' };
    expect(() => encodeStress([wrong], place)).toThrow('does not end after its start');
    const turtle = encodeSleep([], place);
    expect(decodeSleep(turtle, documentUrl)).toEqual([]);
    expect(() => decodeSleep(turtle.slice(0, -5), documentUrl)).toThrow(documentUrl);
  });
});

describe('stress documents', () => {
  it('give back any episodes as they were, and merge by laws', () => {
    fc.assert(
      fc.property(fc.array(stress), (given) => {
        const decoded = decodeStress(encodeStress(given, place), documentUrl);
        expect(decoded).toEqual(mergeStress(given, []));
      }),
      seeded,
    );
    holdsMergeLaws(stress, mergeStress);
  });
});

describe('daily summary documents', () => {
  it('give back any summaries as they were, and merge by laws', () => {
    fc.assert(
      fc.property(fc.array(summary), (given) => {
        const turtle = encodeDailySummaries(given, place);
        expect(decodeDailySummaries(turtle, documentUrl)).toEqual(mergeDailySummaries(given, []));
      }),
      seeded,
    );
    holdsMergeLaws(summary, mergeDailySummaries);
  });

  it('keep the greater steps of a day, and what only one of them says', () => {
    const morning = { day: '2016-03-05', source, steps: 800, asleepMinutes: 400 };
    const evening = { day: '2016-03-05', source, steps: 9000 };
    expect(mergeDailySummaries([evening], [morning])).toEqual([
      { day: '2016-03-05', source, steps: 9000, asleepMinutes: 400 },
    ]);
  });

  it('refuse a number that no plain decimal says', () => {
    for (const steps of [NaN, Infinity, 1e-9, 2 ** 60]) {
      expect(() => encodeDailySummaries([{ day: '2016-03-05', source, steps }], place)).toThrow(
        expect.objectContaining({ code: 'VOCABULARY_OUT_OF_RANGE' }),
      );
    }
  });
});

describe('sensor documents', () => {
  it('give back any sensor as it was, whatever its names hold', () => {
    const sensors: fc.Arbitrary<Sensor> = fc
      .record({ label: text, manufacturer: text, model: fc.option(text, { nil: undefined }) })
      .map(({ model, ...given }) => ({
        source,
        ...given,
        ...(model === undefined ? {} : { model }),
      }));
    fc.assert(
      fc.property(sensors, (given) => {
        expect(decodeSensor(encodeSensor(given, documentUrl), documentUrl)).toEqual(given);
      }),
      seeded,
    );
    const nasty = { source, label: 'a"\\\n\r\t\u0000', manufacturer: '\u{1f600} <>', model: "'" };
    expect(decodeSensor(encodeSensor(nasty, documentUrl), documentUrl)).toEqual(nasty);
    expect(sensorIriOf(documentUrl)).toBe(`${documentUrl}#it`);
  });

  it('refuse a document of another kind, or an IRI that Turtle cannot write', () => {
    expect(() => decodeSensor(encodeSleep([], place), documentUrl)).toThrow('one sensor');
    const url = 'https://pod.example/wellness/sensor/a>b.ttl';
    expect(() => encodeSensor({ source, label: 'a', manufacturer: 'b' }, url)).toThrow(
      'forbidden character',
    );
  });
});
