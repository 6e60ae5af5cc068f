import { PodError, type PodAdapter } from '../../../adapters/index.ts';
import { containerUrl, parseDocumentUrl } from '../../shared/catalog/index.ts';
import { presentMonth, type SeriesTask } from './plan-documents.ts';
import type { MonthRollups, RollupTask } from './plan-rollups.ts';
import type { Storing, StoreTarget } from './storing.ts';

/** The statistics of every month that the pod has of a year, made of the readings. @throws PodError. */
export async function monthsOfYear(
  year: RollupTask,
  target: StoreTarget,
  storing: Storing,
): Promise<readonly MonthRollups[]> {
  const prepared = await storing.prepare(await presentMonths(year, target));
  return prepared.map(({ task: { signal, source, month }, merged }) => ({
    signal,
    source,
    month,
    rollups: merged.rollups ?? { days: [], hours: [] },
    isMadeAnew: true,
  }));
}

async function presentMonths(
  { signal, source, year }: RollupTask,
  { pod, storageUrl }: StoreTarget,
): Promise<readonly SeriesTask[]> {
  const found: SeriesTask[] = [];
  for (const url of await members(pod, containerUrl(storageUrl, signal))) {
    const ref = parseDocumentUrl(url);
    if (ref?.kind !== 'series' || ref.source !== source || !ref.month.startsWith(year)) continue;
    found.push(presentMonth({ signal, source, month: ref.month }, storageUrl));
  }
  return found;
}

async function members(pod: PodAdapter, container: string): Promise<readonly string[]> {
  const urls: string[] = [];
  try {
    for await (const { url } of pod.list(container)) urls.push(url);
  } catch (error) {
    if (!PodError.is(error) || error.code !== 'POD_NOT_FOUND') throw error;
  }
  return urls;
}
