import { VocabularyError } from './vocabulary-error.ts';

/** An instant and the wearer's offset from UTC at it. */
export interface OffsetInstant {
  readonly timeMs: number;
  readonly utcOffsetMinutes: number;
}

const minuteMs = 60_000;
// One day inside four-digit years, so that no offset leads out of them.
const firstMs = Date.parse('0001-01-02T00:00:00Z');
const lastMs = Date.parse('9999-12-30T23:59:59.999Z');
// https://www.w3.org/TR/xmlschema11-2/#dateTime
const greatestOffsetMinutes = 14 * 60;
const dateTime = /^\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** True when an instant is a whole millisecond that `xsd:dateTime` can write at the offset. */
export function isWritableInstant(timeMs: number, utcOffsetMinutes: number): boolean {
  return (
    Number.isInteger(timeMs) &&
    timeMs >= firstMs &&
    timeMs <= lastMs &&
    Number.isInteger(utcOffsetMinutes) &&
    Math.abs(utcOffsetMinutes) <= greatestOffsetMinutes
  );
}

function localIso(timeMs: number, utcOffsetMinutes: number): string {
  if (!isWritableInstant(timeMs, utcOffsetMinutes)) {
    throw new VocabularyError(
      'VOCABULARY_OUT_OF_RANGE',
      'an instant or its offset is out of range',
    );
  }
  return new Date(timeMs + utcOffsetMinutes * minuteMs).toISOString();
}

function offsetText(utcOffsetMinutes: number): string {
  if (utcOffsetMinutes === 0) return 'Z';
  const minutes = Math.abs(utcOffsetMinutes);
  const hh = String(Math.floor(minutes / 60)).padStart(2, '0');
  return `${utcOffsetMinutes < 0 ? '-' : '+'}${hh}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The canonical `xsd:dateTime` of an instant on the wearer's clock. */
export function formatInstant(timeMs: number, utcOffsetMinutes: number): string {
  const iso = localIso(timeMs, utcOffsetMinutes);
  const fraction = timeMs % 1000 === 0 ? '' : iso.slice(19, 23).replace(/0+$/, '');
  return `${iso.slice(0, 19)}${fraction}${offsetText(utcOffsetMinutes)}`;
}

/** Reads an `xsd:dateTime` that carries an offset, to the millisecond; undefined when it is none. */
export function parseInstant(text: string): OffsetInstant | undefined {
  const zone = dateTime.exec(text)?.[1];
  if (zone === undefined) return undefined;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  const utcOffsetMinutes = zone.startsWith('-') ? 0 - minutes : minutes;
  const timeMs = Date.parse(text);
  if (!isWritableInstant(timeMs, utcOffsetMinutes)) return undefined;
  // The engine takes 30 February for 1 March.
  const isRealDay = localDay(timeMs, utcOffsetMinutes) === text.slice(0, 10);
  return isRealDay ? { timeMs, utcOffsetMinutes } : undefined;
}

/** The wearer's local day of an instant, `YYYY-MM-DD`. */
export function localDay(timeMs: number, utcOffsetMinutes: number): string {
  return localIso(timeMs, utcOffsetMinutes).slice(0, 10);
}

/** The wearer's local month of an instant, `YYYY-MM`. */
export function localMonth(timeMs: number, utcOffsetMinutes: number): string {
  return localIso(timeMs, utcOffsetMinutes).slice(0, 7);
}
