import { isWritableInstant } from '../document/instants.ts';
import type { ReadingColumns } from './series.ts';
import { VocabularyError } from '../document/vocabulary-error.ts';

/** Decimal places that a scaled value of 32 bits can have, with a digit before the point. */
export const greatestScale = 9;

/** A document holds at most this many readings: a month at 6 Hz. */
export const mostReadings = 2 ** 24;

/** @throws VocabularyError when columns do not keep what `ReadingColumns` promises. */
export function checkColumns(columns: ReadingColumns, documentUrl: string): void {
  const { timesMs, utcOffsetMinutes, scaledValues, scale } = columns;
  const { length } = timesMs;
  const isUsableScale = Number.isInteger(scale) && scale >= 0 && scale <= greatestScale;
  const problem =
    (utcOffsetMinutes.length !== length || scaledValues.length !== length
      ? 'columns differ in length'
      : undefined) ??
    (length > mostReadings ? `holds more than ${mostReadings} readings` : undefined) ??
    (isUsableScale ? undefined : 'has no usable scale') ??
    timeProblem(timesMs, utcOffsetMinutes);
  if (problem !== undefined) throw new VocabularyError('VOCABULARY_INVALID', problem, documentUrl);
}

function timeProblem(timesMs: Float64Array, utcOffsetMinutes: Int16Array): string | undefined {
  const { length } = timesMs;
  let lastMs = -Infinity;
  let lastOffset = NaN;
  for (let index = 0; index < length; index++) {
    const timeMs = timesMs[index] ?? NaN;
    const offset = utcOffsetMinutes[index] ?? NaN;
    if (!(timeMs > lastMs)) return 'readings do not ascend in time';
    // Ascending whole milliseconds are in range when the first and last of an offset are.
    const isEnd = index === length - 1 || offset !== lastOffset;
    if (isEnd ? !isWritableInstant(timeMs, offset) : Math.trunc(timeMs) !== timeMs) {
      return 'has an instant that xsd:dateTime cannot write';
    }
    lastMs = timeMs;
    lastOffset = offset;
  }
  return undefined;
}
