import type { Asking } from '../compute/asking.ts';
import { knownDaysQueries } from './day-queries.ts';
import { isDay } from './words.ts';

/** Local days on which anything was measured, ascending. */
export async function knownDays({ ask }: Asking): Promise<readonly string[]> {
  const answers = await Promise.all(knownDaysQueries.map((sparql) => ask(sparql)));
  const days = answers.flatMap(({ rows }) => rows.map((row) => row['day']));
  return [...new Set(days.filter((day) => isDay(day)))].toSorted();
}
