import type { Asked, Asking } from './asking.ts';
import { insightQueries, minutesQuery, type DayRange } from './insight-queries.ts';

type Question = keyof ReturnType<typeof insightQueries>;

/** The answers that every insight is computed from. */
export type Evidence = Readonly<
  Record<Question | 'heartRateByMinute' | 'skinConductanceByMinute', Asked>
>;

const unasked: Asked = { sparql: '', rows: [], documents: [], pushedDown: [] };

/** Asks the pods all that the insights need: first day by day, then minutes where stress was marked. */
export async function gatherEvidence(asking: Asking, range: DayRange): Promise<Evidence> {
  const queries = insightQueries(range);
  const entries = await Promise.all(
    Object.entries(queries).map(
      async ([name, sparql]) => [name, await asking.ask(sparql)] as const,
    ),
  );
  const byDay = Object.fromEntries(entries) as Record<Question, Asked>;
  const marked = [...new Set(byDay.stressMarks.rows.flatMap(({ day }) => day ?? []))].toSorted();
  const minutes = (readingClass: 'HeartRate' | 'ElectrodermalActivity'): Promise<Asked> =>
    marked.length === 0 ? Promise.resolve(unasked) : asking.ask(minutesQuery(readingClass, marked));
  const [heartRateByMinute, skinConductanceByMinute] = await Promise.all([
    minutes('HeartRate'),
    minutes('ElectrodermalActivity'),
  ]);
  return { ...byDay, heartRateByMinute, skinConductanceByMinute };
}
