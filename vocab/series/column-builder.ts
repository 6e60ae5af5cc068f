import { columnWriter } from './column-writer.ts';
import { isWritableInstant } from '../document/instants.ts';
import type { ReadingColumns } from './series.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

/** Columns made of readings in any order, and what was left out. */
export interface BuiltColumns {
  readonly columns: ReadingColumns;
  /** Readings that were there already, same in all. */
  readonly duplicates: number;
  /** Readings at an instant that already had another value; the greater stayed. */
  readonly conflicts: number;
}

/** Collects readings in any order; fastest when they ascend. */
export interface ColumnBuilder {
  /**
   * Adds a reading. Fractions of a millisecond are rounded.
   * @throws VocabularyError when the instant, offset or value does not fit the columns.
   */
  readonly push: (timeMs: number, utcOffsetMinutes: number, scaledValue: number) => void;
  /** Readings pushed so far, duplicates included. */
  readonly size: () => number;
  /** Sorted columns, one value an instant. The builder may be pushed to and built again. */
  readonly build: () => BuiltColumns;
}

/** A builder of columns whose values are `value × 10^scale`. */
export function columnBuilder(scale: number): ColumnBuilder {
  let timesMs = new Float64Array(1024);
  let offsets = new Int16Array(1024);
  let values = new Int32Array(1024);
  let length = 0;
  let lastMs = -Infinity;
  let isAscending = true;

  const grow = (): void => {
    const capacity = timesMs.length * 2;
    const [oldTimes, oldOffsets, oldValues] = [timesMs, offsets, values];
    (timesMs = new Float64Array(capacity)).set(oldTimes);
    (offsets = new Int16Array(capacity)).set(oldOffsets);
    (values = new Int32Array(capacity)).set(oldValues);
  };

  return {
    push: (timeMs, utcOffsetMinutes, scaledValue) => {
      const wholeMs = Math.round(timeMs);
      if ((scaledValue | 0) !== scaledValue || !isWritableInstant(wholeMs, utcOffsetMinutes)) {
        throw new VocabularyError('VOCABULARY_OUT_OF_RANGE', 'a reading does not fit a series');
      }
      if (length === timesMs.length) grow();
      timesMs[length] = wholeMs;
      offsets[length] = utcOffsetMinutes;
      values[length] = scaledValue;
      length++;
      isAscending &&= wholeMs > lastMs;
      lastMs = wholeMs;
    },
    size: () => length,
    build: () => {
      const pushed = {
        timesMs: timesMs.slice(0, length),
        utcOffsetMinutes: offsets.slice(0, length),
        scaledValues: values.slice(0, length),
        scale,
      };
      return isAscending ? { columns: pushed, duplicates: 0, conflicts: 0 } : settle(pushed);
    },
  };
}

// Exports are mostly ascending stretches, which the engine's own sort of arrays is linear in.
function settle(pushed: ReadingColumns): BuiltColumns {
  const { timesMs, utcOffsetMinutes, scaledValues, scale } = pushed;
  const order = Array.from(timesMs, (_, index) => index).toSorted(
    (a, b) => (timesMs[a] ?? 0) - (timesMs[b] ?? 0),
  );
  const writer = columnWriter(order.length, scale);
  const counts = { added: 0, duplicates: 0, conflicts: 0 };
  for (const index of order) {
    const value = scaledValues[index] ?? 0;
    counts[writer.write(timesMs[index] ?? 0, utcOffsetMinutes[index] ?? 0, value)]++;
  }
  const { duplicates, conflicts } = counts;
  return { columns: writer.columns(), duplicates, conflicts };
}
