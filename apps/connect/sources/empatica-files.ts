import type { SignalName } from '../../../vocab/index.ts';
import type { ExportEntry } from '../export/export-file.ts';
import { eachLine } from '../export/text-lines.ts';
import { ImportError } from '../import-error.ts';
import type { ReadOptions } from './connector.ts';
import { scaledDecimal } from './numbers.ts';
import { pairTags } from './pair-tags.ts';

/** Whose readings a file holds, and where they go. */
export interface SessionTarget {
  readonly source: string;
  readonly options: ReadOptions;
}

const secondMs = 1000;

/** Values at a fixed rate: start in Unix seconds, rate in Hz, then one value a line. */
export async function readSampled(
  file: ExportEntry,
  { source, options }: SessionTarget,
  { signal, scale }: { readonly signal: SignalName; readonly scale: number },
): Promise<void> {
  const series = options.sink.series(signal, source, scale);
  let startMs = Number.NaN;
  let rate = Number.NaN;
  let index = 0;
  await eachLine(file, options, (line, number) => {
    if (line.trim() === '') return;
    if (number === 1) startMs = unixMs(line, { file, number });
    else if (number === 2) rate = sampleRate(line, { file, number });
    else {
      const timeMs = Math.round(startMs + (index * secondMs) / rate);
      series.add(timeMs, options.zone.offsetAt(timeMs), decimal(line, scale, { file, number }));
      index += 1;
    }
  });
}

/** Intervals between beats: a start, then lines of seconds since it and the interval in seconds. */
export async function readBeats(
  file: ExportEntry,
  { source, options }: SessionTarget,
): Promise<void> {
  const series = options.sink.series('inter-beat-interval', source, 3);
  let startMs = Number.NaN;
  await eachLine(file, options, (line, number) => {
    if (line.trim() === '') return;
    const [first = '', second = ''] = line.split(',');
    const at = { file, number };
    if (number === 1) startMs = unixMs(first, at);
    else {
      // Seconds with six decimals: milliseconds with three are the same number.
      const timeMs = Math.round(startMs + decimal(first, 3, at));
      series.add(timeMs, options.zone.offsetAt(timeMs), decimal(second, 6, at));
    }
  });
}

/**
 * Presses of the wristband's button in one session, in Unix seconds: each a moment of one second,
 * or two of them the start and the end of an episode. Resolves to how many there are.
 */
export async function readTags(
  file: ExportEntry,
  { source, options }: SessionTarget,
): Promise<number> {
  const { zone, sink, tags } = options;
  const pressesMs: number[] = [];
  await eachLine(file, options, (line, number) => {
    if (line.trim() !== '') pressesMs.push(unixMs(line, { file, number }));
  });
  const { pairs, alone, isOdd } =
    tags === 'moments' ? { pairs: [], alone: pressesMs, isOdd: false } : pairTags(pressesMs);
  const moments = alone.map((startMs) => ({ startMs, endMs: startMs + secondMs }));
  for (const { startMs, endMs } of [...pairs, ...moments]) {
    const utcOffsetMinutes = zone.offsetAt(startMs);
    sink.stress({ source, timeZone: zone.timeZone, startMs, endMs, utcOffsetMinutes });
  }
  if (isOdd) {
    sink.warn(`${file.path}: its last mark has no other to end it, and stays a single moment.`);
  }
  const farApart = alone.length - (isOdd ? 1 : 0);
  if (tags === 'start-and-end' && farApart > 0) {
    sink.warn(
      `${file.path}: marks more than 2 hours before the next one, which stay single moments: ${farApart}.`,
    );
  }
  return pressesMs.length;
}

interface LinePosition {
  readonly file: ExportEntry;
  readonly number: number;
}

function unixMs(text: string, at: LinePosition): number {
  const seconds = /^\s*\d{10}(?:\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(seconds)) throw invalid('is no time in Unix seconds', at);
  return Math.round(seconds * secondMs);
}

function sampleRate(text: string, at: LinePosition): number {
  const rate = /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  if (!(rate > 0 && rate <= 1024)) throw invalid('is no sample rate in Hz', at);
  return rate;
}

function decimal(text: string, scale: number, at: LinePosition): number {
  const value = scaledDecimal(text, scale);
  if (Number.isNaN(value)) throw invalid('is no number', at);
  return value;
}

function invalid(what: string, { file, number }: LinePosition): ImportError {
  return new ImportError(
    'IMPORT_CSV_INVALID',
    `${what}. Was the file cut off or edited? Use it as it was exported.`,
    { file: file.path, line: number },
  );
}
