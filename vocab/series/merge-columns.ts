import { columnWriter } from './column-writer.ts';
import type { ReadingColumns } from './series.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

/** Two columns made one, and what became of the incoming readings: the counts add up to them. */
export interface MergedColumns {
  readonly columns: ReadingColumns;
  readonly added: number;
  /** Incoming readings that were there already. */
  readonly duplicates: number;
  /** Incoming readings at an instant that has another value; the greater stayed. */
  readonly conflicts: number;
}

/**
 * Merges readings of one signal and source. The resulting columns are the same in whatever order,
 * and however often, columns are merged. Their scale is the greater of the two.
 * @throws VocabularyError when a value does not fit 32 bits at that scale.
 */
export function mergeColumns(existing: ReadingColumns, incoming: ReadingColumns): MergedColumns {
  const scale = Math.max(existing.scale, incoming.scale);
  const left = rescaled(existing, scale);
  const right = rescaled(incoming, scale);
  const writer = columnWriter(left.timesMs.length + right.timesMs.length, scale);
  const counts = { added: 0, duplicates: 0, conflicts: 0 };
  let leftIndex = 0;
  for (let index = 0; index < right.timesMs.length; index++) {
    const timeMs = right.timesMs[index] ?? 0;
    leftIndex = writeUntil(left, leftIndex, timeMs);
    const value = right.scaledValues[index] ?? 0;
    counts[writer.write(timeMs, right.utcOffsetMinutes[index] ?? 0, value)]++;
  }
  writeUntil(left, leftIndex, Infinity);
  return { columns: writer.columns(), ...counts };

  function writeUntil(from: ReadingColumns, start: number, lastMs: number): number {
    let index = start;
    for (; index < from.timesMs.length; index++) {
      const timeMs = from.timesMs[index] ?? 0;
      if (timeMs > lastMs) break;
      writer.write(timeMs, from.utcOffsetMinutes[index] ?? 0, from.scaledValues[index] ?? 0);
    }
    return index;
  }
}

function rescaled(columns: ReadingColumns, scale: number): ReadingColumns {
  if (columns.scale === scale) return columns;
  const factor = 10 ** (scale - columns.scale);
  const scaledValues = columns.scaledValues.map((value) => {
    const scaled = value * factor;
    if ((scaled | 0) !== scaled) {
      throw new VocabularyError(
        'VOCABULARY_OUT_OF_RANGE',
        'a value does not fit the greater scale',
      );
    }
    return scaled;
  });
  return { ...columns, scaledValues, scale };
}
