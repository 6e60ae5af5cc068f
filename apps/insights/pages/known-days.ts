import type { Asking } from '../compute/asking.ts';
import { knownDaysQuery } from './day-queries.ts';
import { isDay } from './words.ts';

/** Local days on which anything was measured, ascending. */
export async function knownDays({ ask }: Asking): Promise<readonly string[]> {
  const { rows } = await ask(knownDaysQuery);
  return rows
    .map((row) => row['day'])
    .filter((day) => isDay(day))
    .toSorted();
}
