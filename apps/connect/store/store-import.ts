import type { ReadExport } from '../read-export.ts';
import type { MergeCounts } from './document-task.ts';
import { planDocuments, type SeriesTask } from './plan-documents.ts';
import { planRollups, type MonthRollups } from './plan-rollups.ts';
import { monthsOfYear } from './months-of-year.ts';
import {
  Storing,
  type StoredImport,
  type StoreImportOptions,
  type StoreTarget,
} from './storing.ts';

/** One key for a signal of a source. */
export function seriesKey(series: { readonly signal: string; readonly source: string }): string {
  return `${series.signal} ${series.source}`;
}

/**
 * Brings what was read into the pod: first everything is compared, so that a document that cannot
 * be merged stops the import before the first write; then series, their rollups, and the rest.
 * @throws PodError, ImportError.
 */
export async function storeImport(
  read: ReadExport,
  target: StoreTarget,
  options: StoreImportOptions,
): Promise<StoredImport> {
  const storing = new Storing(target, options);
  const plan = planDocuments(read, target.storageUrl);
  const years = planRollups(plan.series.map(withoutRollups), target.storageUrl);
  const documentsTotal = plan.series.length + years.length + plan.others.length;
  options.progress.update({ phase: 'comparing', documentsTotal });
  const series = await storing.prepare(plan.series);
  const others = await storing.prepare(plan.others);

  options.progress.update({ phase: 'writing', documentsDone: 0 });
  const months: MonthRollups[] = [];
  const counts = new Map<string, MergeCounts>();
  await storing.store(series, ({ signal, source, month }, { merged, keptUrl }) => {
    const { rollups } = merged;
    if (rollups !== undefined) {
      months.push({ signal, source, month, rollups, isMadeAnew: keptUrl !== undefined });
    }
    const key = seriesKey({ signal, source });
    counts.set(key, sum(counts.get(key) ?? nothing, merged.counts ?? nothing));
  });
  await storing.store(await prepareRollups(storing, months, { target, options }));
  await storing.store(others);
  return { counts, ...storing.outcome };
}

/** Statistics of a year that were damaged are made of all its months, not of the imported alone. */
async function prepareRollups(
  storing: Storing,
  months: readonly MonthRollups[],
  { target, options }: { readonly target: StoreTarget; readonly options: StoreImportOptions },
) {
  const prepared = await storing.prepare(planRollups(months, target.storageUrl));
  const damaged = prepared.filter((each) => each.damaged !== undefined);
  if (damaged.length === 0 || options.dryRun) return prepared;
  const others: MonthRollups[] = [];
  for (const { task } of damaged) others.push(...(await monthsOfYear(task, target, storing)));
  return storing.prepare(planRollups([...months, ...others], target.storageUrl));
}

/** Enough of a month to know which documents its statistics go to. */
function withoutRollups({ signal, source, month }: SeriesTask): MonthRollups {
  return { signal, source, month, rollups: { days: [], hours: [] }, isMadeAnew: false };
}

const nothing: MergeCounts = { added: 0, duplicates: 0, conflicts: 0 };

function sum(a: MergeCounts, b: MergeCounts): MergeCounts {
  return {
    added: a.added + b.added,
    duplicates: a.duplicates + b.duplicates,
    conflicts: a.conflicts + b.conflicts,
  };
}
