const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A count with thousands set apart. */
export function countWords(value: number): string {
  return whole.format(value);
}

/** `1 day`, `2 days`. */
export function manyWords(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}

/** Minutes as people say a night: `7 h 05 min`. */
export function hoursWords(minutes: number): string {
  const rounded = Math.round(minutes);
  const hours = Math.floor(rounded / 60);
  const rest = rounded % 60;
  return hours === 0 ? `${rest} min` : `${hours} h ${String(rest).padStart(2, '0')} min`;
}

const longDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2016-04-12` as `Tuesday 12 April 2016`. */
export function longDayWords(day: string): string {
  return longDay.format(Date.parse(`${day}T00:00:00Z`)).replace(',', '');
}

/** The day so many days later; negative for earlier. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** True for a real day written `YYYY-MM-DD`. */
export function isDay(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\d$/u.test(text) && isReal(text);
}

function isReal(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}
