import { openPod } from '../../adapters/index.ts';
import { importExport, type ImportReport } from '../../apps/connect/index.ts';
import { oneResourcePerReading, rawPuts } from './baselines.ts';
import { median, timed, type Figure } from './figure.ts';
import type { FitbitMonth } from './fitbit-month.ts';
import { documentsOf, type BenchPod } from './server-process.ts';

/** Saved one by one for the comparison, in each pod. */
const sampleSize = 100;

interface Run {
  readonly readings: number;
  readonly nights: number;
  readonly documents: number;
  readonly bytes: number;
  /** Readings a second, imported and one by one. */
  readonly perSecond: number;
  readonly onePerSecond: number;
  /** How the import's speed compares with that of PUT alone. */
  readonly rawRatio: number;
}

/**
 * Imports the month into each of some empty pods, since a second time into the same one has nothing
 * to write, and beside it writes a sample of readings one by one and the import's own bytes again.
 */
export async function importFigures(
  pods: readonly BenchPod[],
  month: FitbitMonth,
): Promise<Figure[]> {
  const runs: Run[] = [];
  for (const pod of pods) runs.push(await measure(pod, month));
  const of = (figure: (run: Run) => number): number => median(runs.map(figure));
  const about = runs.map(
    ({ readings, nights, documents }) =>
      `${month.origin}; ${readings} readings, ${nights} nights, ${documents} documents`,
  );
  const shared = { runs: runs.length, on: about[0] ?? '' };
  const speed = {
    name: 'import of 31 Fitbit days',
    value: of(({ perSecond }) => perSecond),
    unit: 'readings/s',
    ...shared,
  };
  return [
    {
      ...speed,
      ratio: of(({ perSecond, onePerSecond }) => perSecond / onePerSecond),
      against: `one resource a reading by @inrupt/solid-client, ${sampleSize} readings a run`,
      bar: { atLeast: 1000 },
    },
    {
      ...speed,
      ratio: of(({ rawRatio }) => rawRatio),
      against: 'raw PUT of the same bytes, one at a time',
    },
    {
      name: 'one resource a reading',
      value: of(({ onePerSecond }) => onePerSecond),
      unit: 'readings/s',
      ...shared,
    },
    {
      name: 'size in the pod',
      value: of(({ bytes, readings }) => bytes / readings),
      unit: 'bytes/reading',
      ...shared,
    },
  ];
}

async function measure(pod: BenchPod, month: FitbitMonth): Promise<Run> {
  const onePerSecond = await oneResourcePerReading(pod, sampleSize);
  const { seconds, result } = await timed(() => importMonth(pod, month));
  const bodies = await documentsOf(pod);
  const rawSeconds = await rawPuts(pod, bodies);
  const readings = result.signals.reduce((sum, { added }) => sum + added, 0);
  return {
    readings,
    nights: result.sleepEpisodes,
    documents: bodies.length,
    bytes: bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0),
    perSecond: readings / seconds,
    onePerSecond,
    rawRatio: rawSeconds / seconds,
  };
}

async function importMonth(
  { storageUrl, webId, fetch }: BenchPod,
  { path, timeZone }: FitbitMonth,
): Promise<ImportReport> {
  const pod = await openPod(storageUrl, {
    fetch,
    webId,
    allowPrivate: [new URL(storageUrl).origin],
  });
  const report = await importExport({ path }, { pod, storageUrl, webId }, { timeZone });
  await pod.close();
  return report;
}
