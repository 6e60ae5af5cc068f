/**
 * The wall-clock time of a Fitabase field as UTC milliseconds of the same clock reading, or NaN.
 * Reads `4/12/2016 12:01:00 AM`, `4/12/2016`, `4/12/2016 0:01` and `2016-04-12T00:01:00`; `Date`
 * would read them in the machine's zone, a million times slower than needed.
 */
export function parseLocalTime(text: string): number {
  const at = cursor;
  at.text = text;
  at.position = 0;
  const first = number(at, 4);
  const separator = next(at);
  const second = number(at, 2);
  if (next(at) !== separator) return Number.NaN;
  const third = number(at, 4);
  const isIso = separator === dash && first >= 1000;
  if (!isIso && separator !== slash) return Number.NaN;
  const dayMs = isIso ? dateMs(first, second, third) : dateMs(third, first, second);
  if (at.position === text.length) return dayMs;
  const gap = next(at);
  if (gap !== space && gap !== letterT) return Number.NaN;
  const timeMs = timeOfDay(at);
  return at.position === text.length ? dayMs + timeMs : Number.NaN;
}

interface Cursor {
  text: string;
  position: number;
}

// One cursor for all calls: an allocation for each of a million fields is what costs here.
const cursor: Cursor = { text: '', position: 0 };

const slash = 47;
const dash = 45;
const colon = 58;
const space = 32;
const dot = 46;
const letterT = 84;

function next(at: Cursor): number {
  return at.text.charCodeAt(at.position++);
}

/** Up to `digits` digits; NaN when there are none. */
function number(at: Cursor, digits: number): number {
  const start = at.position;
  let value = 0;
  while (at.position - start < digits) {
    const digit = at.text.charCodeAt(at.position) - 48;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
    at.position += 1;
  }
  return at.position === start ? Number.NaN : value;
}

function twoDigits(at: Cursor): number {
  const start = at.position;
  const value = number(at, 2);
  return at.position - start === 2 ? value : Number.NaN;
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dateMs(year: number, month: number, day: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const longest = month === 2 && isLeap ? 29 : monthDays[month - 1];
  if (longest === undefined || !(day >= 1 && day <= longest)) return Number.NaN;
  if (!(year >= 1970 && year <= 2200)) return Number.NaN;
  return Date.UTC(year, month - 1, day);
}

function timeOfDay(at: Cursor): number {
  let hour = number(at, 2);
  if (next(at) !== colon) return Number.NaN;
  const minute = twoDigits(at);
  let second = 0;
  if (at.text.charCodeAt(at.position) === colon) {
    at.position += 1;
    second = twoDigits(at);
  }
  if (at.text.charCodeAt(at.position) === dot) {
    at.position += 1;
    number(at, 9);
  }
  if (at.position < at.text.length) hour = onTwelveHourClock(at, hour);
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function onTwelveHourClock(at: Cursor, hour: number): number {
  if (next(at) !== space || !(hour >= 1 && hour <= 12)) return Number.NaN;
  const half = next(at) | 32;
  if ((next(at) | 32) !== 109) return Number.NaN;
  if (half === 97) return hour % 12;
  return half === 112 ? (hour % 12) + 12 : Number.NaN;
}
