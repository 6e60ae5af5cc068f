import type { TextRow } from './asking.ts';

/** A vendor's values of a day; of several sources the greatest. */
export function vendorValues(rows: readonly TextRow[]): ReadonlyMap<string, number> {
  const days = new Map<string, number>();
  for (const { day, value } of rows) {
    if (day === undefined) continue;
    days.set(day, Math.max(Number(value), days.get(day) ?? -Infinity));
  }
  return days;
}

/**
 * Steps of each day from readings: of the source with the most readings that day, as a phone and a
 * watch count the same steps.
 */
export function stepsOfReadings(rows: readonly TextRow[]): ReadonlyMap<string, number> {
  const best = new Map<string, { readonly n: number; readonly sum: number }>();
  for (const { day, n, sum } of rows) {
    if (day === undefined) continue;
    const next = { n: Number(n), sum: Number(sum) };
    const known = best.get(day);
    const isBetter =
      known === undefined || next.n > known.n || (next.n === known.n && next.sum > known.sum);
    if (isBetter) best.set(day, next);
  }
  return new Map([...best].map(([day, { sum }]) => [day, sum]));
}
