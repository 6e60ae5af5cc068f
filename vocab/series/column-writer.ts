import type { ReadingColumns } from './series.ts';

/** What became of a reading that was written. */
export type WriteResult = 'added' | 'duplicates' | 'conflicts';

/** Writes readings that arrive in ascending order of time, and settles those at one instant. */
export interface ColumnWriter {
  /**
   * Of two readings at one instant the one with the greater value stays, then the one with the
   * greater offset from UTC: whatever their order, the outcome is the same.
   */
  readonly write: (timeMs: number, utcOffsetMinutes: number, scaledValue: number) => WriteResult;
  /** The readings written so far. */
  readonly columns: () => ReadingColumns;
}

/** A writer with room for `capacity` readings. */
export function columnWriter(capacity: number, scale: number): ColumnWriter {
  const timesMs = new Float64Array(capacity);
  const offsets = new Int16Array(capacity);
  const values = new Int32Array(capacity);
  let length = 0;
  return {
    write: (timeMs, utcOffsetMinutes, scaledValue) => {
      const last = length - 1;
      if (length === 0 || timesMs[last] !== timeMs) {
        timesMs[length] = timeMs;
        offsets[length] = utcOffsetMinutes;
        values[length] = scaledValue;
        length++;
        return 'added';
      }
      const difference =
        scaledValue - (values[last] ?? 0) || utcOffsetMinutes - (offsets[last] ?? 0);
      if (difference === 0) return 'duplicates';
      if (difference > 0) {
        offsets[last] = utcOffsetMinutes;
        values[last] = scaledValue;
      }
      return 'conflicts';
    },
    columns: () => ({
      timesMs: timesMs.slice(0, length),
      utcOffsetMinutes: offsets.slice(0, length),
      scaledValues: values.slice(0, length),
      scale,
    }),
  };
}
