import { Temporal } from 'temporal-polyfill';

const minuteMs = 60_000;
// Bound once: inside jest each look-up of a global costs more than the sums here.
const { floor } = Math;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** One day on the wearer's wall clock: 23 or 25 hours long where the clock changes. */
export interface LocalDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Days since the first one. */
  readonly index: number;
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** UTC epoch milliseconds; the end is exclusive. */
  readonly startMs: number;
  readonly endMs: number;
}

/** Turns instants into the wall time of one zone and back. */
export interface LocalClock {
  readonly timeZone: string;
  days(first: string, last: string): readonly LocalDay[];
  /** The instant of a wall time, given in minutes after midnight; negative is the evening before. */
  instant(date: string, minutes: number): number;
  /** Milliseconds that count on the wall clock as UTC epoch milliseconds do in UTC. */
  wallMs(instantMs: number): number;
}

/** A clock for one IANA zone whose offsets change on full hours of UTC (all of Europe). */
export function localClock(timeZone: string): LocalClock {
  const offsets = new Map<number, number>();
  const offsetMs = (instantMs: number): number => {
    const hour = floor(instantMs / hourMs);
    let offset = offsets.get(hour);
    if (offset === undefined) {
      const instant = Temporal.Instant.fromEpochMilliseconds(hour * hourMs);
      offset = instant.toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
      offsets.set(hour, offset);
    }
    return offset;
  };
  const instant = (date: string, minutes: number): number =>
    Temporal.PlainDateTime.from(date).add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds;

  return {
    timeZone,
    instant,
    wallMs: (instantMs) => instantMs + offsetMs(instantMs),
    days(first, last) {
      const days: LocalDay[] = [];
      let date = Temporal.PlainDate.from(first);
      while (Temporal.PlainDate.compare(date, last) <= 0) {
        const next = date.add({ days: 1 });
        days.push({
          date: date.toString(),
          index: days.length,
          weekday: date.dayOfWeek,
          startMs: instant(date.toString(), 0),
          endMs: instant(next.toString(), 0),
        });
        date = next;
      }
      return days;
    },
  };
}

/** Writes wall times as Fitabase does: `3/9/2026` and `3/9/2026 1:05:00 PM`. */
export interface FitabaseTimes {
  date(wallMs: number): string;
  dateTime(wallMs: number): string;
}

/** A writer of Fitabase times that remembers the days it has written. */
export function fitabaseTimes(): FitabaseTimes {
  const dates = new Map<number, string>();
  const date = (wallMs: number): string => {
    const day = floor(wallMs / dayMs);
    let text = dates.get(day);
    if (text === undefined) {
      const noon = new Date(day * dayMs);
      text = `${noon.getUTCMonth() + 1}/${noon.getUTCDate()}/${noon.getUTCFullYear()}`;
      dates.set(day, text);
    }
    return text;
  };
  const two = (value: number): string => (value < 10 ? `0${value}` : String(value));
  return {
    date,
    dateTime(wallMs) {
      const seconds = floor(wallMs / 1000) % 86_400;
      const hour = floor(seconds / 3600);
      const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${two(floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
      return `${date(wallMs)} ${clock} ${hour < 12 ? 'AM' : 'PM'}`;
    },
  };
}
