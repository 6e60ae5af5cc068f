import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  columnBuilder,
  localDay,
  mergeColumns,
  splitByLocalMonth,
  type ReadingColumns,
} from '../../../vocab/index.ts';
import { columnsOf, rowsOf, seeded } from './arbitrary-series.ts';

/** Few instants, values and offsets, so that duplicates and conflicts are many. */
const rows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 30 }),
    fc.constantFrom(0, 60),
    fc.integer({ min: -2, max: 2 }),
  ),
  { maxLength: 40 },
);

function built(given: readonly (readonly [number, number, number])[], scale = 0): ReadingColumns {
  const builder = columnBuilder(scale);
  for (const [timeMs, offset, value] of given) builder.push(timeMs, offset, value);
  return builder.build().columns;
}

const crowded = fc
  .record({ rows, scale: fc.integer({ min: 0, max: 2 }) })
  .map((given) => built(given.rows, given.scale));

/** The rule, said another way: the greatest value at each instant, then the greatest offset. */
function settled(given: readonly (readonly [number, number, number])[]): number[][] {
  const byTime = new Map<number, (readonly [number, number, number])[]>();
  for (const row of given) byTime.set(row[0], [...(byTime.get(row[0]) ?? []), row]);
  return [...byTime]
    .toSorted(([a], [b]) => a - b)
    .map(([, same]) => [...(same.toSorted((a, b) => b[2] - a[2] || b[1] - a[1])[0] ?? [])]);
}

describe('columnBuilder', () => {
  it('settles readings in any order', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const builder = columnBuilder(0);
        for (const [timeMs, offset, value] of given) builder.push(timeMs, offset, value);
        const { columns: made, duplicates, conflicts } = builder.build();
        expect(rowsOf(made)).toEqual(settled(given));
        expect(builder.size()).toBe(given.length);
        expect(made.timesMs.length + duplicates + conflicts).toBe(given.length);
      }),
      seeded,
    );
  });

  it('grows, keeps its order and may be built again', () => {
    const builder = columnBuilder(2);
    for (let index = 0; index < 5000; index++) builder.push(index * 1000, 60, index);
    expect(builder.build()).toMatchObject({ duplicates: 0, conflicts: 0, columns: { scale: 2 } });
    builder.push(500, -60, 7);
    builder.push(500, -60, 7);
    builder.push(500, -60, 6);
    const again = builder.build();
    expect(again).toMatchObject({ duplicates: 1, conflicts: 1 });
    expect(rowsOf(again.columns).slice(0, 3)).toEqual([
      [0, 60, 0],
      [500, -60, 7],
      [1000, 60, 1],
    ]);
  });

  it('keeps instants to the millisecond', () => {
    // An inter-beat interval of an E4: 35.484375 s after the start.
    expect(built([[1_644_226_096_484.375, 0, 890_625]]).timesMs[0]).toBe(1_644_226_096_484);
  });

  it.each([
    ['a fraction', 0, 0, 0.5],
    ['no number', 0, 0, NaN],
    ['a value beyond 32 bits', 0, 0, 2 ** 31],
    ['an instant that is none', NaN, 0, 1],
    ['an instant after the year 9999', 1e15, 0, 1],
    ['an offset beyond 14 hours', 0, 900, 1],
  ])('refuses %s', (_, timeMs, offset, value) => {
    expect(() => {
      columnBuilder(0).push(timeMs, offset, value);
    }).toThrow(expect.objectContaining({ code: 'VOCABULARY_OUT_OF_RANGE' }));
  });
});

describe('mergeColumns', () => {
  it('does not depend on the order', () => {
    fc.assert(
      fc.property(crowded, crowded, (a, b) => {
        expect(mergeColumns(a, b).columns).toEqual(mergeColumns(b, a).columns);
      }),
      seeded,
    );
  });

  it('does not depend on the grouping', () => {
    fc.assert(
      fc.property(crowded, crowded, crowded, (a, b, c) => {
        const left = mergeColumns(mergeColumns(a, b).columns, c).columns;
        expect(left).toEqual(mergeColumns(a, mergeColumns(b, c).columns).columns);
      }),
      seeded,
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(crowded, crowded, (a, b) => {
        const once = mergeColumns(a, b).columns;
        expect(mergeColumns(once, once)).toEqual({
          columns: once,
          added: 0,
          duplicates: once.timesMs.length,
          conflicts: 0,
        });
        expect(mergeColumns(once, b).added).toBe(0);
        expect(mergeColumns(once, b).columns).toEqual(once);
      }),
      seeded,
    );
  });

  it('keeps every instant and the greater value, and counts what came in', () => {
    fc.assert(
      fc.property(rows, rows, (a, b) => {
        const incoming = built(b);
        const merged = mergeColumns(built(a), incoming);
        expect(rowsOf(merged.columns)).toEqual(settled([...a, ...b]));
        const { added, duplicates, conflicts } = merged;
        expect(added + duplicates + conflicts).toBe(incoming.timesMs.length);
        expect(merged.columns.timesMs.length - built(a).timesMs.length).toBe(added);
      }),
      seeded,
    );
  });

  it('brings columns to the greater scale', () => {
    const merged = mergeColumns(columnsOf([[0, 0, 97]]), columnsOf([[0, 0, 9700]], 2));
    expect(merged).toMatchObject({ duplicates: 1, conflicts: 0, columns: { scale: 2 } });
    expect(() => mergeColumns(columnsOf([[0, 0, 2 ** 30]]), columnsOf([], 1))).toThrow(
      expect.objectContaining({ code: 'VOCABULARY_OUT_OF_RANGE' }),
    );
  });
});

describe('splitByLocalMonth', () => {
  it('puts each reading into the month of its own local day', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: Date.UTC(2016, 0), max: Date.UTC(2017, 2) }),
            fc.constantFrom(0, 60, -300, 840, -840),
            fc.integer(),
          ),
        ),
        (given) => {
          const all = built(given);
          const months = splitByLocalMonth(all);
          for (const [month, part] of months) {
            for (const [timeMs, offset] of rowsOf(part)) {
              expect(localDay(timeMs ?? NaN, offset ?? NaN).slice(0, 7)).toBe(month);
            }
          }
          const joined = [...months.values()].flatMap(rowsOf);
          expect(joined.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual(rowsOf(all));
        },
      ),
      seeded,
    );
  });

  it('joins a month that travel west enters twice', () => {
    const midnight = Date.parse('2016-05-01T00:00:00Z');
    const all = columnsOf([
      [midnight - 1000, 0, 1],
      [midnight, 0, 2],
      [midnight + 1000, -300, 3],
      [midnight + 6 * 3_600_000, -300, 4],
    ]);
    const months = splitByLocalMonth(all);
    expect([...months.keys()]).toEqual(['2016-04', '2016-05']);
    expect([...(months.get('2016-04')?.scaledValues ?? [])]).toEqual([1, 3]);
    expect([...(months.get('2016-05')?.scaledValues ?? [])]).toEqual([2, 4]);
  });
});
