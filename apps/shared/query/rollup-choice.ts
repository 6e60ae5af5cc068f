import { WELL } from '../../../vocab/index.ts';
import { demandOfStar } from './demands.ts';
import type { FoundDocument } from './document-finder.ts';
import type { LoadedDocument } from './document-loader.ts';
import { mayMatchOutsideSeries } from './plain-readings.ts';
import type { Planning } from './planning.ts';
import type { RollupPlan } from './rollup-plan.ts';
import { recordsOfRollups, recordsOfSeries, type DayRecord } from './rollup-table.ts';

/** Days' statistics, and the documents they come from. */
export interface ChosenRecords {
  readonly records: readonly DayRecord[];
  readonly documents: readonly LoadedDocument[];
}

/**
 * The days' statistics of all readings that a plan is about: for each source and year from its
 * rollup document where that is as new as every series it sums up, else from the series. A rollup
 * without its series (the readings were deleted) counts for nothing. `undefined` where no rollup
 * is of use, or readings lie outside series.
 */
export async function chooseRecords(
  plan: RollupPlan,
  { finder, loader }: Planning,
): Promise<ChosenRecords | undefined> {
  const demand = demandOfStar(plan.star, plan.constraints);
  const found = await finder.find(demand);
  const rollups = await finder.ofClass(WELL.Rollup.value);
  const bySeries = groupBy(found, keyOf);
  const current = new Map<string, FoundDocument>();
  for (const rollup of rollups) {
    const key = keyOf(rollup);
    const series = bySeries.get(key);
    if (rollup.ref?.kind !== 'rollup' || key === undefined || series === undefined) continue;
    if (isCurrent(rollup, series)) current.set(key, rollup);
  }
  if (current.size === 0) return undefined;
  const others = found.filter((document) => {
    const key = keyOf(document);
    return key === undefined || !current.has(key);
  });
  const [fromRollups, fromOthers] = await Promise.all([
    loader.load([...current.values()]),
    loader.load(others),
  ]);
  // A rollup that could not be read is no answer: its series are.
  if (fromRollups.length < current.size) return undefined;
  if (mayMatchOutsideSeries(plan.star, fromOthers)) return undefined;
  return {
    records: [
      ...fromRollups.flatMap((rollup) => recordsWithSeries(rollup, found)),
      ...fromOthers.flatMap(recordsOfSeries),
    ],
    documents: [...fromRollups, ...fromOthers],
  };
}

/** The days of months whose series is still there: a rollup may outlive a deleted series. */
function recordsWithSeries(
  rollup: LoadedDocument,
  found: readonly FoundDocument[],
): readonly DayRecord[] {
  const key = keyOf(rollup.found);
  const months = new Set(
    found.flatMap((document) =>
      document.ref?.kind === 'series' && keyOf(document) === key ? [document.ref.month] : [],
    ),
  );
  return recordsOfRollups(rollup).filter(({ day }) => months.has(day.slice(0, 7)));
}

/** What a rollup document sums up: a signal of a source in a year, in one storage. */
function keyOf({ pod, ref }: FoundDocument): string | undefined {
  if (ref?.kind !== 'series' && ref?.kind !== 'rollup') return undefined;
  const year = ref.kind === 'series' ? ref.month.slice(0, 4) : ref.year;
  return JSON.stringify([pod.storageUrl, ref.signal, ref.source, year]);
}

/** Rollups are written after the series they sum up: an older one misses what was written since. */
function isCurrent(rollup: FoundDocument, series: readonly FoundDocument[]): boolean {
  const { modifiedMs } = rollup;
  if (modifiedMs === undefined) return false;
  return series.every((document) => (document.modifiedMs ?? Infinity) <= modifiedMs);
}

function groupBy<Key, Item>(
  items: readonly Item[],
  keyOfItem: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
