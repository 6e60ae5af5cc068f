import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseLocalTime } from '../../../apps/connect/fitabase-time.ts';

describe('parseLocalTime', () => {
  it.each([
    ['4/12/2016 12:00:00 AM', '2016-04-12T00:00:00Z'],
    ['4/12/2016 12:01:00 PM', '2016-04-12T12:01:00Z'],
    ['4/12/2016 1:05:09 pm', '2016-04-12T13:05:09Z'],
    ['12/31/2016 11:59:59 PM', '2016-12-31T23:59:59Z'],
    ['4/12/2016', '2016-04-12T00:00:00Z'],
    ['4/12/2016 0:01', '2016-04-12T00:01:00Z'],
    ['04/12/2016 23:01:30', '2016-04-12T23:01:30Z'],
    ['2016-04-12T07:21:00', '2016-04-12T07:21:00Z'],
    ['2016-04-12 07:21:00.000', '2016-04-12T07:21:00Z'],
    ['2/29/2016 1:00:00 AM', '2016-02-29T01:00:00Z'],
  ])('reads %s', (text, iso) => {
    expect(parseLocalTime(text)).toBe(Date.parse(iso));
  });

  it.each([
    '',
    'yesterday',
    '13/12/2016 1:00:00 AM',
    '4/31/2016',
    '2/29/2015',
    '0/1/2016',
    '4/0/2016',
    '4/12/2016 13:00:00 PM',
    '4/12/2016 0:00:00 AM',
    '4/12/2016 24:00',
    '4/12/2016 1:60:00 AM',
    '4/12/2016 1:00:00 XM',
    '4/12/2016 1:00:00 AM ',
    '4/12/2016 1:00:00 AMx',
    '4/12-2016',
    '4/12/16',
    '2016/04/12',
    '12-04-2016',
    '2016-04-12T07:21:00Z',
    '2016-04-12T07:21:00+02:00',
    '4/12/2016 1',
    '4/12/20161',
  ])('does not read %j', (text) => {
    expect(parseLocalTime(text)).toBeNaN();
  });

  it('reads every second of five centuries back as a vendor writes it', () => {
    const seconds = fc.integer({ min: 0, max: Date.parse('2199-12-31') / 1000 });
    fc.assert(
      fc.property(seconds, (second) => {
        const date = new Date(second * 1000);
        // The platform's own formatter is the second route.
        const text = date.toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '');
        expect(parseLocalTime(text.replaceAll('\u202f', ' '))).toBe(second * 1000);
        expect(parseLocalTime(date.toISOString().slice(0, 19))).toBe(second * 1000);
      }),
      { seed: 20_160_412, numRuns: 2000 },
    );
  });
});
