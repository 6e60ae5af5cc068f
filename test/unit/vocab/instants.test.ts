import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decimalText, scaledInteger } from '../../../vocab/document/decimals.ts';
import { formatInstant, parseInstant } from '../../../vocab/index.ts';
import { seeded } from './arbitrary-series.ts';

describe('formatInstant and parseInstant', () => {
  it('give back any instant and offset', () => {
    const first = Date.parse('0001-01-02T00:00:00Z');
    const last = Date.parse('9999-12-30T00:00:00Z');
    fc.assert(
      fc.property(
        fc.integer({ min: first, max: last }),
        fc.integer({ min: -840, max: 840 }),
        (timeMs, utcOffsetMinutes) => {
          const text = formatInstant(timeMs, utcOffsetMinutes);
          expect(parseInstant(text)).toEqual({ timeMs, utcOffsetMinutes });
          // The engine reads it alike.
          expect(Date.parse(text)).toBe(timeMs);
        },
      ),
      seeded,
    );
  });

  it.each([
    ['2016-04-12T07:21:00', 'no offset'],
    ['2016-02-30T00:00:00Z', 'no such day'],
    ['2016-13-01T00:00:00Z', 'no such month'],
    ['2016-04-12T24:00:00Z', 'no such hour'],
    ['2016-04-12T07:60:00Z', 'no such minute'],
    ['2016-04-12T07:21:00+14:01', 'an offset beyond 14 hours'],
    ['12016-04-12T07:21:00Z', 'five digits of year'],
    ['2016-04-12', 'a day'],
    ['', 'nothing'],
  ])('refuse "%s": %s', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('round what other writers say more finely to the millisecond', () => {
    expect(parseInstant('2016-04-12T07:21:00.1234567+02:00')).toEqual({
      timeMs: Date.parse('2016-04-12T05:21:00.123Z'),
      utcOffsetMinutes: 120,
    });
  });
});

describe('decimalText and scaledInteger', () => {
  it('give back any integer at any scale', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
        fc.integer({ min: 0, max: 18 }),
        (scaled, scale) => {
          const text = decimalText(scaled, scale);
          expect(text).toMatch(scale === 0 ? /^-?\d+$/ : /^-?\d+\.(\d|\d*[1-9])$/);
          expect(BigInt(scaledInteger(text, scale) ?? -1)).toBe(scaled);
        },
      ),
      seeded,
    );
  });

  it.each([
    ['12.345', 2],
    ['1e3', 0],
    ['.5', 1],
    ['5.', 1],
    ['', 0],
    ['NaN', 0],
    ['0x10', 0],
  ])('refuse "%s" at scale %d', (text, scale) => {
    expect(scaledInteger(text, scale)).toBeUndefined();
  });

  it('take trailing zeros and the zero with a sign', () => {
    expect(scaledInteger('12.3400', 2)).toBe(1234);
    expect(scaledInteger('-0.0', 1)).toBe(0);
    expect(scaledInteger('9007199254740993', 0)).toBe(9_007_199_254_740_993n);
  });
});
