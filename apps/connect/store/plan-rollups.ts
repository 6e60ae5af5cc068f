import {
  decodeRollups,
  encodeRollups,
  replaceMonth,
  sensorIriOf,
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
}

/**
 * The rollup documents that months count into. Of each month the statistics are put in the place of
 * what is there, so that rollups which lag their series (an import that was killed) are set right.
 */
export function planRollups(months: readonly MonthRollups[], storageUrl: string): DocumentTask[] {
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
): DocumentTask {
  const year = month.slice(0, 4);
  const url = documentUrl(storageUrl, { kind: 'rollup', signal, source, year });
  const sensorIri = sensorIriOf(documentUrl(storageUrl, { kind: 'sensor', source }));
  return documentTask<RollupYear, { readonly content: RollupYear }>(url, {
    decode: (turtle) => decodeRollups(turtle, url),
    merge(existing) {
      let rollups: Rollups = existing ?? { days: [], hours: [] };
      for (const each of months) rollups = replaceMonth(rollups, each.month, each.rollups);
      return { content: { signal, source, year, days: rollups.days, hours: rollups.hours } };
    },
    encode: (content) => encodeRollups(content, { documentUrl: url, sensorIri }),
  });
}
