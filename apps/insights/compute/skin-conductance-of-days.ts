import type { TextRow } from './asking.ts';
import type { SkinConductanceOfDay } from './insights-types.ts';

/** Mean of each day, of the one sensor with the most readings that day: skin sites differ. */
export function skinConductanceOfDays(
  rows: readonly TextRow[],
): ReadonlyMap<string, SkinConductanceOfDay> {
  const best = new Map<string, SkinConductanceOfDay & { readonly sensor: string }>();
  for (const { day, sensor = '', n, mean } of rows) {
    if (day === undefined) continue;
    const next = { n: Number(n), mean: Number(mean), sensor };
    const known = best.get(day);
    const isBetter =
      known === undefined || next.n > known.n || (next.n === known.n && sensor < known.sensor);
    if (isBetter) best.set(day, next);
  }
  return new Map([...best].map(([day, { mean, n }]) => [day, { mean, n }]));
}
