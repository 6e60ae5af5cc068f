const dayMs = 86_400_000;

/** Local time as milliseconds of a clock without zones: for order and distance on one clock. */
export type LocalMs = number;

/** Reads the wearer's clock from `2016-04-12T07:21:00-05:00` or a prefix of it, down to minutes. */
export function localMsOf(dateTime: string): LocalMs {
  const text = dateTime.slice(0, 19);
  const complete = '0000-00-00T00:00:00';
  return Date.parse(`${text}${complete.slice(text.length)}Z`);
}

/** `YYYY-MM-DD` of a local time. */
export function dayOf(local: LocalMs): string {
  return new Date(local).toISOString().slice(0, 10);
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + days * dayMs);
}

/** Today's date in a zone. @throws RangeError when the zone is unknown. */
export function todayIn(timeZone: string, nowMs: number): string {
  // The Swedish way of writing dates is ISO 8601.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(nowMs);
}
