import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { localClock, wearerZone } from '../../../apps/connect/local-time.ts';

const local = (text: string): number => Date.parse(`${text}Z`);
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 19);

function read(timeZone: string, times: readonly string[]): string[] {
  const clock = localClock(wearerZone(timeZone));
  return times.map((time) => iso(clock.instantOf(local(time))));
}

describe('localClock', () => {
  it('reads winter and summer time', () => {
    expect(read('Europe/Brussels', ['2016-01-12T08:00', '2016-07-12T08:00'])).toEqual([
      '2016-01-12T07:00:00',
      '2016-07-12T06:00:00',
    ]);
  });

  it('takes a jump backwards in the repeated hour for its second pass', () => {
    const times = ['01:59', '02:00', '02:30', '02:59', '02:00', '02:30', '02:59', '03:00'];
    expect(
      read(
        'Europe/Brussels',
        times.map((time) => `2016-10-30T${time}`),
      ),
    ).toEqual(
      ['23:59', '00:00', '00:30', '00:59', '01:00', '01:30', '01:59', '02:00'].map(
        (time, index) => `2016-10-${index === 0 ? '29' : '30'}T${time}:00`,
      ),
    );
  });

  it('takes it for the first pass where the file runs backwards', () => {
    const times = ['03:01', '03:00', '02:59', '02:00', '02:59', '02:00', '01:59'];
    expect(
      read(
        'Europe/Brussels',
        times.map((time) => `2016-10-30T${time}`),
      ),
    ).toEqual([
      '2016-10-30T02:01:00',
      '2016-10-30T02:00:00',
      '2016-10-30T01:59:00',
      '2016-10-30T01:00:00',
      '2016-10-30T00:59:00',
      '2016-10-30T00:00:00',
      '2016-10-29T23:59:00',
    ]);
  });

  it('takes a repeated hour told once for its first pass', () => {
    expect(read('Europe/Brussels', ['2016-10-30T02:15', '2016-10-30T02:45'])).toEqual([
      '2016-10-30T00:15:00',
      '2016-10-30T00:45:00',
    ]);
  });

  it('starts again with the first pass in the next year', () => {
    const times = ['2016-10-30T02:30', '2016-10-30T02:00', '2016-10-31T02:00', '2017-10-29T02:30'];
    expect(read('Europe/Brussels', times).at(-1)).toBe('2017-10-29T00:30:00');
  });

  it('moves a skipped hour forward and counts it', () => {
    const clock = localClock(wearerZone('Europe/Brussels'));
    expect(iso(clock.instantOf(local('2016-03-27T02:30')))).toBe('2016-03-27T01:30:00');
    expect(clock.skippedTimes).toBe(1);
  });

  it('moves a skipped midnight forward', () => {
    // São Paulo's clocks went from 00:00 to 01:00 on 16 October 2016.
    expect(read('America/Sao_Paulo', ['2016-10-16T00:30', '2016-10-16T01:30'])).toEqual([
      '2016-10-16T03:30:00',
      '2016-10-16T03:30:00',
    ]);
  });

  it.each(['Europe/Brussels', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'])(
    'agrees with Temporal on any single time in %s',
    (timeZone) => {
      const zone = wearerZone(timeZone);
      const minutes = fc.integer({
        min: local('2015-01-01') / 60_000,
        max: local('2025-01-01') / 60_000,
      });
      fc.assert(
        fc.property(minutes, (minute) => {
          const text = new Date(minute * 60_000).toISOString().slice(0, 19);
          const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone);
          const instant = localClock(zone).instantOf(minute * 60_000);
          expect(instant).toBe(expected.epochMilliseconds);
          expect(zone.offsetAt(instant)).toBe(expected.offsetNanoseconds / 60e9);
        }),
        { seed: 7, numRuns: 300 },
      );
    },
  );
});

describe('wearerZone', () => {
  it('refuses a name that is no zone', () => {
    expect(() => wearerZone('Mars/Olympus')).toThrow(
      expect.objectContaining({ code: 'IMPORT_TIME_ZONE' }),
    );
  });
});
