import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  decodeRollups,
  encodeRollups,
  localDay,
  replaceMonth,
  rollUp,
  splitByLocalMonth,
  type ReadingColumns,
  type Rollup,
} from '../../../vocab/index.ts';
import { columns, columnsOf, place, rowsOf, seeded } from './arbitrary-series.ts';

const { documentUrl } = place;

/** A decimal text as a fraction of 10^18, exact. */
function exact(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(18, '0'));
}

/** The definition, with integers of any size. */
function byDefinition(given: ReadingColumns, length: 10 | 13): unknown[] {
  const groups = new Map<string, bigint[]>();
  for (const [timeMs = NaN, offset = NaN, value = NaN] of rowsOf(given)) {
    const start = new Date(timeMs + offset * 60_000).toISOString().slice(0, length);
    groups.set(start, [...(groups.get(start) ?? []), BigInt(value)]);
  }
  const unit = 10n ** BigInt(18 - given.scale);
  const squareUnit = 10n ** BigInt(18 - 2 * given.scale);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([start, values]) => ({
      start,
      count: values.length,
      sum: values.reduce((a, b) => a + b, 0n) * unit,
      sumOfSquares: values.reduce((a, b) => a + b * b, 0n) * squareUnit,
      min: values.reduce((a, b) => (b < a ? b : a)) * unit,
      max: values.reduce((a, b) => (b > a ? b : a)) * unit,
    }));
}

function exactly(rollups: readonly Rollup[]): unknown[] {
  return rollups.map(({ start, count, sum, sumOfSquares, min, max }) => ({
    start,
    count,
    sum: exact(sum),
    sumOfSquares: exact(sumOfSquares),
    min: exact(min),
    max: exact(max),
  }));
}

describe('rollUp', () => {
  it('is exact, by the definition', () => {
    fc.assert(
      fc.property(columns, (given) => {
        const { days, hours } = rollUp(given);
        expect(exactly(days)).toEqual(byDefinition(given, 10));
        expect(exactly(hours)).toEqual(byDefinition(given, 13));
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  it('stays exact where squares pass 2^53', () => {
    const given = columnsOf(
      Array.from({ length: 14_400 }, (_, i) => [i * 250, 0, 11_005_073 - i] as const),
      6,
    );
    expect(exactly(rollUp(given).hours)).toEqual(byDefinition(given, 13));
  });

  it('counts the hour that a clock change repeats once', () => {
    // 2016-10-30 01:00Z: Brussels goes from +120 to +60, and 02:xx comes twice.
    const change = Date.parse('2016-10-30T01:00:00Z');
    const given = columnsOf([
      [change - 60_000, 120, 60],
      [change, 60, 70],
    ]);
    expect(rollUp(given).hours).toEqual([
      {
        start: '2016-10-30T02',
        count: 2,
        sum: '130',
        sumOfSquares: '8500',
        min: '60',
        max: '70',
      },
    ]);
  });

  it('writes integers for scale 0 and decimals otherwise', () => {
    const [day] = rollUp(columnsOf([[0, 0, 3650]], 2)).days;
    expect(day).toMatchObject({ sum: '36.5', sumOfSquares: '1332.25', min: '36.5' });
    expect(rollUp(columnsOf([])).days).toEqual([]);
  });
});

describe('encodeRollups and decodeRollups', () => {
  const about = { signal: 'heart-rate', source: 'fitbit-1', year: '2016' } as const;

  it('give back any statistics as they were, of whole and decimal readings together', () => {
    fc.assert(
      fc.property(columns, columns, (a, b) => {
        const earlier = rollUp(shifted(a, -32 * 86_400_000));
        const rollups = replaceMonth(earlier, '2016-03', rollUp(b));
        const turtle = encodeRollups({ ...about, ...rollups }, place);
        expect(decodeRollups(turtle, documentUrl)).toEqual({ ...about, ...rollups });
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  it('refuse another year, a truncated document and another kind', () => {
    const rollups = rollUp(columnsOf([[Date.UTC(2016, 2, 5), 0, 70]]));
    const turtle = encodeRollups({ ...about, ...rollups }, place);
    expect(() => encodeRollups({ ...about, year: '2017', ...rollups }, place)).toThrow(documentUrl);
    expect(() => decodeRollups(turtle.slice(0, -40), documentUrl)).toThrow(documentUrl);
    expect(() =>
      decodeRollups(encodeRollups({ ...about, days: [], hours: [] }, place), `${documentUrl}x`),
    ).toThrow(documentUrl);
  });

  it('take a few bytes an hour', () => {
    const year = columnsOf(
      Array.from({ length: 8760 }, (_, i) => [
        Date.UTC(2015, 0) + i * 3_600_000,
        0,
        60 + ((i * 17) % 40),
      ]),
    );
    const { hours } = rollUp(year);
    const text = encodeRollups({ ...about, year: '2015', days: [], hours }, place);
    expect(text.length / 8760).toBeLessThan(14);
  });
});

describe('replaceMonth', () => {
  it('makes of months rolled up one by one the rollup of all', () => {
    fc.assert(
      fc.property(columns, (given) => {
        const all = { ...shifted(given, 20 * 86_400_000) };
        let rollups = rollUp(all);
        for (const [month, part] of splitByLocalMonth(all)) {
          rollups = replaceMonth(rollups, month, rollUp(part));
        }
        expect(rollups).toEqual(rollUp(all));
      }),
      { ...seeded, numRuns: 60 },
    );
  });

  it('removes what the month no longer holds', () => {
    const day = (timeMs: number): ReadingColumns => columnsOf([[timeMs, 0, 1]]);
    const old = rollUp(day(Date.UTC(2016, 2, 5)));
    const fresh = rollUp(day(Date.UTC(2016, 2, 7)));
    expect(replaceMonth(old, '2016-03', fresh)).toEqual(fresh);
    expect(replaceMonth(old, '2016-04', { days: [], hours: [] })).toEqual(old);
  });
});

function shifted(given: ReadingColumns, byMs: number): ReadingColumns {
  return { ...given, timesMs: given.timesMs.map((timeMs) => timeMs + byMs) };
}

describe('localDay', () => {
  it('is the day on the wearer’s clock', () => {
    expect(localDay(Date.parse('2016-04-12T23:30:00Z'), 60)).toBe('2016-04-13');
    expect(localDay(Date.parse('2016-04-12T03:30:00Z'), -300)).toBe('2016-04-11');
    expect(() => localDay(NaN, 0)).toThrow('out of range');
  });
});
