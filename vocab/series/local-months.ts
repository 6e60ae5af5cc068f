import { localMonth } from '../document/instants.ts';
import type { ReadingColumns } from './series.ts';

const minuteMs = 60_000;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The readings of each of the wearer's local months, `YYYY-MM`, in order of first appearance. */
export function splitByLocalMonth(columns: ReadingColumns): Map<string, ReadingColumns> {
  const ranges = new Map<string, Range[]>();
  for (const { month, from, to } of monthRanges(columns)) {
    ranges.set(month, [...(ranges.get(month) ?? []), { from, to }]);
  }
  return new Map([...ranges].map(([month, parts]) => [month, slices(columns, parts)]));
}

// A month can come in several ranges: west-bound travel at its end turns the local clock back.
function* monthRanges(columns: ReadingColumns): Generator<Range & { readonly month: string }> {
  const { timesMs, utcOffsetMinutes } = columns;
  for (let from = 0; from < timesMs.length;) {
    const month = localMonth(timesMs[from] ?? 0, utcOffsetMinutes[from] ?? 0);
    const firstMs = Date.parse(`${month}-01T00:00:00Z`);
    const nextMs = new Date(firstMs).setUTCMonth(new Date(firstMs).getUTCMonth() + 1);
    let to = from + 1;
    for (; to < timesMs.length; to++) {
      const localMs = (timesMs[to] ?? 0) + (utcOffsetMinutes[to] ?? 0) * minuteMs;
      if (localMs < firstMs || localMs >= nextMs) break;
    }
    yield { month, from, to };
    from = to;
  }
}

function slices(columns: ReadingColumns, ranges: readonly Range[]): ReadingColumns {
  const length = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  const timesMs = new Float64Array(length);
  const utcOffsetMinutes = new Int16Array(length);
  const scaledValues = new Int32Array(length);
  let at = 0;
  for (const { from, to } of ranges) {
    timesMs.set(columns.timesMs.subarray(from, to), at);
    utcOffsetMinutes.set(columns.utcOffsetMinutes.subarray(from, to), at);
    scaledValues.set(columns.scaledValues.subarray(from, to), at);
    at += to - from;
  }
  return { timesMs, utcOffsetMinutes, scaledValues, scale: columns.scale };
}
