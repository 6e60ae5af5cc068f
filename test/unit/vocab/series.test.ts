import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Parser, Writer } from 'n3';
import { decodeSeries, encodeSeries, VocabularyError, type Series } from '../../../vocab/index.ts';
import { columnsOf, place, rowsOf, seeded, series, seriesOf } from './arbitrary-series.ts';

const { documentUrl, sensorIri } = place;
const startMs = Date.parse('2016-03-10T08:00:00Z');

function minutes(count: number, value: (index: number) => number): Series {
  return seriesOf(
    columnsOf(Array.from({ length: count }, (_, i) => [startMs + i * 60_000, 60, value(i)])),
  );
}

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof VocabularyError) return `${error.code} ${error.documentUrl ?? ''}`;
    throw error;
  }
  return 'no error';
}

describe('encodeSeries and decodeSeries', () => {
  it('give back any series as it was', () => {
    fc.assert(
      fc.property(series, (given) => {
        const decoded = decodeSeries(encodeSeries(given, place), documentUrl);
        expect(decoded).toEqual({ ...given, sensorIri });
      }),
      seeded,
    );
  });

  it('write Turtle that any parser reads, whatever order its triples come in', () => {
    fc.assert(
      fc.property(series, fc.integer(), (given, seed) => {
        const quads = new Parser({ baseIRI: documentUrl }).parse(encodeSeries(given, place));
        const shuffled = quads
          .map((quad, index) => ({ quad, key: Math.sin(seed + index) }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ quad }) => quad);
        const rewritten = new Writer().quadsToString(shuffled);
        expect(decodeSeries(rewritten, documentUrl)).toEqual({ ...given, sensorIri });
      }),
      { ...seeded, numRuns: 40 },
    );
  });

  it('splits where the offset changes, as at the end of daylight saving time', () => {
    // 2016-03-27 01:00Z: Brussels goes from +60 to +120.
    const changeMs = Date.parse('2016-03-27T01:00:00Z');
    const rows = Array.from({ length: 2400 }, (_, i) => {
      const timeMs = changeMs + (i - 1200) * 60_000;
      return [timeMs, timeMs < changeMs ? 60 : 120, 70] as const;
    });
    const turtle = encodeSeries(seriesOf(columnsOf(rows)), place);
    expect(turtle.match(/well:start "[^"]*"/g)).toEqual([
      'well:start "2016-03-26T06:00:00+01:00"',
      'well:start "2016-03-27T03:00:00+02:00"',
    ]);
    expect(rowsOf(decodeSeries(turtle, documentUrl))).toEqual(rows);
  });

  it('holds a long run without a gap in a segment with a period', () => {
    const turtle = encodeSeries(
      minutes(1440, (i) => 60 + (i % 7)),
      place,
    );
    expect(turtle).toContain('well:period 60000');
    expect(turtle).not.toContain('well:offsets');
  });

  it('takes at most 1.6 bytes a minute and 3.3 bytes a reading at uneven seconds', () => {
    const month = minutes(25_000, (i) => 65 + Math.round(20 * Math.sin(i / 3)));
    expect(encodeSeries(month, place).length / 25_000).toBeLessThan(1.6);
    let timeMs = startMs;
    const uneven = Array.from({ length: 20_000 }, (_, i) => {
      timeMs += [5000, 10_000, 15_000, 1000, 3000][(i * 7919) % 5] ?? 0;
      return [timeMs, 60, 65 + ((i * 31) % 23)] as const;
    });
    const text = encodeSeries(seriesOf(columnsOf(uneven)), place);
    expect(text.length / 20_000).toBeLessThan(3.3);
  });

  it('is deterministic and moves with its folder', () => {
    const given = minutes(50, (i) => i);
    expect(encodeSeries(given, place)).toBe(encodeSeries(given, place));
    const moved = {
      documentUrl: 'http://localhost:3001/bob/wellness/heart-rate/fitbit-1_2016-03.ttl',
      sensorIri: 'http://localhost:3001/bob/wellness/sensor/fitbit-1.ttl#it',
    };
    expect(encodeSeries(given, moved)).toBe(encodeSeries(given, place));
    expect(decodeSeries(encodeSeries(given, place), moved.documentUrl)).toEqual({
      ...given,
      sensorIri: moved.sensorIri,
    });
  });

  it.each([
    ['of another month', seriesOf(columnsOf([[Date.UTC(2016, 3, 2), 0, 1]]))],
    [
      'that do not ascend',
      seriesOf(
        columnsOf([
          [startMs, 0, 1],
          [startMs, 0, 2],
        ]),
      ),
    ],
    ['between milliseconds', seriesOf(columnsOf([[startMs + 0.5, 0, 1]]))],
    ['at an offset beyond 14 hours', seriesOf(columnsOf([[startMs, 841, 1]]))],
    ['of a source that is no slug', { ...minutes(2, () => 1), source: 'Fitbit 1' }],
    ['of no month', { ...minutes(0, () => 1), month: '2016-13' }],
    ['with a negative scale', seriesOf(columnsOf([[startMs, 0, 1]], -1))],
    ['of uneven length', { ...minutes(2, () => 1), scaledValues: new Int32Array(1) }],
  ])('encodeSeries refuses readings %s', (_, given) => {
    expect(codeOf(() => encodeSeries(given, place))).toBe(`VOCABULARY_INVALID ${documentUrl}`);
  });
});

describe('decodeSeries on a damaged document', () => {
  const turtle = encodeSeries(
    minutes(200, (i) => 60 + ((i * 37) % 50)),
    place,
  );

  it('rejects every proper beginning of it', () => {
    // Its last characters are " .\n": without the line feed alone it is still whole.
    for (let length = 0; length < turtle.length - 1; length++) {
      expect(codeOf(() => decodeSeries(turtle.slice(0, length), documentUrl))).toBe(
        `VOCABULARY_INCOMPLETE ${documentUrl}`,
      );
    }
  });

  it('rejects a change of any triple', () => {
    const other = turtle.replace('well:period 60000', 'well:period 60001');
    expect(other).not.toBe(turtle);
    expect(codeOf(() => decodeSeries(other, documentUrl))).toContain('VOCABULARY_INCOMPLETE');
    const extra = `${turtle}<#more> a <#thing> .\n`;
    expect(codeOf(() => decodeSeries(extra, documentUrl))).toContain('VOCABULARY_INCOMPLETE');
  });

  it('rejects a document of another place or without a digest', () => {
    const elsewhere = documentUrl.replace('2016-03', '2016-04');
    expect(codeOf(() => decodeSeries(turtle, elsewhere))).toContain('VOCABULARY_INCOMPLETE');
    const undigested = turtle.replace(/<> well:digest .*\n$/, '');
    expect(codeOf(() => decodeSeries(undigested, documentUrl))).toContain('INCOMPLETE');
  });

  it('never tells what the document holds', () => {
    const broken = turtle.replace('well:count 200', 'well:count "two"^^"hundred"');
    expect(() => decodeSeries(broken, documentUrl)).toThrow(
      `${documentUrl}: is not complete Turtle`,
    );
  });
});
