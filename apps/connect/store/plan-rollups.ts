import {
  decodeRollups,
  encodeRollups,
  replaceMonth,
  sensorIriOf,
  type Rollup,
  type Rollups,
  type RollupYear,
  type SignalName,
} from '../../../vocab/index.ts';
import { documentUrl } from '../../shared/catalog/index.ts';
import { documentTask, type DocumentTask } from './document-task.ts';

/** The statistics of one month of a signal, as the pod's series now has it. */
export interface MonthRollups {
  readonly signal: SignalName;
  readonly source: string;
  readonly month: string;
  readonly rollups: Rollups;
  /** True when the series was made anew, and may have fewer readings than before. */
  readonly isMadeAnew: boolean;
}

/** A year of statistics of one signal. */
export interface RollupTask extends DocumentTask {
  readonly signal: SignalName;
  readonly source: string;
  readonly year: string;
}

/**
 * The rollup documents that months count into. What lags its series, because an import was killed,
 * is set right.
 */
export function planRollups(months: readonly MonthRollups[], storageUrl: string): RollupTask[] {
  const years = new Map<string, MonthRollups[]>();
  for (const month of months) {
    const key = `${month.signal} ${month.source} ${month.month.slice(0, 4)}`;
    years.set(key, [...(years.get(key) ?? []), month]);
  }
  return [...years.values()].flatMap((ofYear) => {
    const [first] = ofYear;
    return first === undefined ? [] : [rollupTask(first, ofYear, storageUrl)];
  });
}

function rollupTask(
  { signal, source, month }: MonthRollups,
  months: readonly MonthRollups[],
  storageUrl: string,
): RollupTask {
  const year = month.slice(0, 4);
  const url = documentUrl(storageUrl, { kind: 'rollup', signal, source, year });
  const sensorIri = sensorIriOf(documentUrl(storageUrl, { kind: 'sensor', source }));
  const task = documentTask<RollupYear, { readonly content: RollupYear }>(url, {
    decode: (document) => decodeRollups(document, url),
    merge(existing) {
      let rollups: Rollups = existing ?? { days: [], hours: [] };
      for (const each of months) rollups = withMonth(rollups, each);
      return { content: { signal, source, year, days: rollups.days, hours: rollups.hours } };
    },
    encode: (content) => encodeRollups(content, { documentUrl: url, sensorIri }),
  });
  return { ...task, signal, source, year };
}

/**
 * A series only ever gains readings. So of two statistics of one day the one over more readings is
 * of the later series, whichever import is the last to write the rollups.
 */
function withMonth(known: Rollups, { month, rollups, isMadeAnew }: MonthRollups): Rollups {
  if (isMadeAnew) return replaceMonth(known, month, rollups);
  return replaceMonth(known, month, {
    days: laterOfEach(known.days, rollups.days),
    hours: laterOfEach(known.hours, rollups.hours),
  });
}

function laterOfEach(a: readonly Rollup[], b: readonly Rollup[]): readonly Rollup[] {
  const later = new Map(a.map((rollup) => [rollup.start, rollup]));
  for (const rollup of b) {
    const known = later.get(rollup.start);
    // With as many readings the sum tells: where two sources differ, the greater value stays.
    const difference =
      known === undefined
        ? 1
        : rollup.count - known.count || Number(rollup.sum) - Number(known.sum);
    if (difference >= 0) later.set(rollup.start, rollup);
  }
  return [...later.values()];
}
