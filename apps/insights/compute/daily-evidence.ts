import type { Asked, Asking } from './asking.ts';
import { insightQueries, minutesQuery, type DayRange } from './insight-queries.ts';

type Question = keyof ReturnType<typeof insightQueries>;

/** The answers that every insight is computed from. */
export type Evidence = Readonly<
  Record<Question | 'heartRateByMinute' | 'skinConductanceByMinute', Asked>
>;

const unasked: Asked = { sparql: '', rows: [], documents: [], pushedDown: [] };

/** Asks the pods all that the insights need: first day by day, then minutes where stress was marked. */
export async function gatherEvidence(
  asking: Asking,
  range: DayRange,
  { stress }: { readonly stress: boolean },
): Promise<Evidence> {
  const queries = insightQueries(range);
  const byDay = await askAll(asking, queries);
  const marked = !stress
    ? []
    : [...new Set(byDay.stressMarks.rows.flatMap(({ day }) => day ?? []))].toSorted();
  const minutes = (readingClass: 'HeartRate' | 'ElectrodermalActivity'): Promise<Asked> =>
    marked.length === 0 ? Promise.resolve(unasked) : asking.ask(minutesQuery(readingClass, marked));
  const [heartRateByMinute, skinConductanceByMinute] = await Promise.all([
    minutes('HeartRate'),
    minutes('ElectrodermalActivity'),
  ]);
  return { ...byDay, heartRateByMinute, skinConductanceByMinute };
}

async function askAll<Name extends string>(
  asking: Asking,
  queries: Readonly<Record<Name, string>>,
): Promise<Readonly<Record<Name, Asked>>> {
  const texts = Object.values<string>(queries);
  const answers = await Promise.all(texts.map((sparql) => asking.ask(sparql)));
  const names = Object.keys(queries);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names are those of `queries`
  return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as Record<
    Name,
    Asked
  >;
}
