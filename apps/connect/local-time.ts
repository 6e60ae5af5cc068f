import { Temporal } from 'temporal-polyfill';
import { ImportError } from './import-error.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A stretch of one UTC offset that touches a local day. */
interface OffsetSpan {
  readonly utcStartMs: number;
  readonly utcEndMs: number;
  readonly offsetMinutes: number;
}

/**
 * A wearer's zone, asked once a local day and not once a reading: `Intl` answers some ten thousand
 * questions a second, an export has a million rows.
 */
export interface WearerZone {
  readonly timeZone: string;
  /** Minutes from UTC at an instant. */
  offsetAt(utcMs: number): number;
  /** The offsets in force on a local day, in time order; two or more where the clock changes. */
  spansOfDay(dayNumber: number): readonly OffsetSpan[];
}

/** The zone a computer is set to. */
export function machineTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** @throws ImportError `IMPORT_TIME_ZONE` when the name is not an IANA zone. */
export function wearerZone(timeZone: string): WearerZone {
  checkZone(timeZone);
  const days = new Map<number, readonly OffsetSpan[]>();
  const spansOfDay = (dayNumber: number): readonly OffsetSpan[] => {
    let spans = days.get(dayNumber);
    if (spans === undefined) {
      spans = findSpans(dayNumber, timeZone);
      days.set(dayNumber, spans);
    }
    return spans;
  };
  let last: OffsetSpan = { utcStartMs: 0, utcEndMs: 0, offsetMinutes: 0 };
  return {
    timeZone,
    spansOfDay,
    offsetAt(utcMs) {
      if (utcMs >= last.utcStartMs && utcMs < last.utcEndMs) return last.offsetMinutes;
      const guess = Math.floor(utcMs / dayMs);
      for (const day of [guess, guess - 1, guess + 1]) {
        for (const span of spansOfDay(day)) {
          if (utcMs < span.utcStartMs || utcMs >= span.utcEndMs) continue;
          last = span;
          return span.offsetMinutes;
        }
      }
      throw new RangeError('an instant outside all local days around it');
    },
  };
}

function checkZone(timeZone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch (cause) {
    throw new ImportError(
      'IMPORT_TIME_ZONE',
      'The time zone is not known. Give it as Europe/Brussels or America/New_York.',
      { cause },
    );
  }
}

function findSpans(dayNumber: number, timeZone: string): readonly OffsetSpan[] {
  const date = Temporal.PlainDate.from('1970-01-01').add({ days: dayNumber });
  let at = date.toZonedDateTime(timeZone);
  const endMs = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const spans: OffsetSpan[] = [];
  const offsetBefore = offsetMinutesOf(at.subtract({ milliseconds: 1 }));
  // A day that begins with a skipped hour (midnight changes) needs the offset it was skipped from.
  if (offsetBefore !== offsetMinutesOf(at)) {
    const utcMs = at.epochMilliseconds;
    spans.push({ utcStartMs: utcMs, utcEndMs: utcMs, offsetMinutes: offsetBefore });
  }
  while (at.epochMilliseconds < endMs) {
    const next = at.getTimeZoneTransition('next');
    const utcEndMs = Math.min(next?.epochMilliseconds ?? endMs, endMs);
    spans.push({
      utcStartMs: at.epochMilliseconds,
      utcEndMs,
      offsetMinutes: offsetMinutesOf(at),
    });
    if (next === null || utcEndMs === endMs) break;
    at = next;
  }
  return spans;
}

function offsetMinutesOf(at: Temporal.ZonedDateTime): number {
  return Math.round(at.offsetNanoseconds / 60_000_000_000);
}

/** Turns a column of wall-clock times into instants; keeps what the order of rows tells. */
export interface LocalClock {
  /**
   * The instant of a wall-clock time given as if it were UTC. In an hour that the clock repeats,
   * a jump backwards in the file starts the second pass (forwards where rows run backwards); an
   * hour that the clock skips is read as the offset before it tells, as RFC 5545 does.
   */
  instantOf(localMs: number): number;
  /** How many times so far lay in an hour that the zone's clock skipped. */
  readonly skippedTimes: number;
}

/** One for each file and person: rows of several people restart the clock. */
export function localClock(zone: WearerZone): LocalClock {
  let previous = Number.NaN;
  let previousWasRepeated = false;
  let isDescending = false;
  let isSecondPass = false;
  let skippedTimes = 0;
  let day = Number.NaN;
  let onlyOffsetMs = Number.NaN;

  const enter = (localMs: number): void => {
    day = Math.floor(localMs / dayMs);
    previousWasRepeated = false;
    const spans = zone.spansOfDay(day);
    const [first] = spans;
    onlyOffsetMs =
      spans.length === 1 && first !== undefined ? first.offsetMinutes * minuteMs : Number.NaN;
  };

  const onDayOfChange = (localMs: number): number => {
    const spans = zone.spansOfDay(day);
    const candidates = spans.filter((span) => covers(span, localMs));
    if (candidates.length > 1) {
      if (!previousWasRepeated) isSecondPass = isDescending;
      else if (isDescending ? localMs > previous : localMs < previous) isSecondPass = !isDescending;
      previousWasRepeated = true;
    } else previousWasRepeated = false;
    const span = (isSecondPass ? candidates.at(-1) : candidates[0]) ?? before(spans, localMs);
    if (candidates.length === 0) skippedTimes += 1;
    return localMs - span.offsetMinutes * minuteMs;
  };

  return {
    get skippedTimes() {
      return skippedTimes;
    },
    instantOf(localMs) {
      if (localMs < day * dayMs || localMs >= (day + 1) * dayMs || Number.isNaN(day))
        enter(localMs);
      const instant = Number.isNaN(onlyOffsetMs) ? onDayOfChange(localMs) : localMs - onlyOffsetMs;
      if (!previousWasRepeated && localMs !== previous) isDescending = localMs < previous;
      previous = localMs;
      return instant;
    },
  };
}

function covers(span: OffsetSpan, localMs: number): boolean {
  const utcMs = localMs - span.offsetMinutes * minuteMs;
  return utcMs >= span.utcStartMs && utcMs < span.utcEndMs;
}

/** The last span that ends at or before a skipped wall-clock time. */
function before(spans: readonly OffsetSpan[], localMs: number): OffsetSpan {
  const ended = spans.filter((span) => span.utcEndMs + span.offsetMinutes * minuteMs <= localMs);
  const span = ended.at(-1) ?? spans[0];
  if (span === undefined) throw new RangeError('a local day without any offset');
  return span;
}
