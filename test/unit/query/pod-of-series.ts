import type { Quad } from '@rdfjs/types';
import { openMemoryPod } from '../../../adapters/index.ts';
import { documentUrl } from '../../../apps/shared/catalog/index.ts';
import type { QueryPod } from '../../../apps/shared/query/index.ts';
import {
  columnBuilder,
  encodeRollups,
  encodeSeries,
  localMonth,
  rollUp,
  sensorIriOf,
  seriesToReadings,
  type Series,
  type SignalName,
} from '../../../vocab/index.ts';

/** Readings of one month for a test: `[instant, offset in minutes, scaled value]`. */
export type TestReading = readonly [timeMs: number, utcOffsetMinutes: number, scaled: number];

export function seriesOf(
  signal: SignalName,
  source: string,
  readings: readonly TestReading[],
  scale = 0,
): Series {
  const builder = columnBuilder(scale);
  for (const reading of readings) builder.push(...reading);
  const [first] = readings;
  const month = first === undefined ? '2016-04' : localMonth(first[0], first[1]);
  return { signal, source, month, timeZone: 'Etc/UTC', ...builder.build().columns };
}

/** A pod in memory, and the same content as one node per reading. */
export interface TestPod {
  readonly pod: QueryPod;
  readonly quads: readonly Quad[];
  put(url: string, turtle: string): Promise<void>;
}

export async function podOfSeries(
  all: readonly Series[],
  { name = 'pod', rollups = false } = {},
): Promise<TestPod> {
  let now = 1_700_000_000_000;
  const pod = openMemoryPod({ now: () => now++ });
  const storageUrl = `https://${name}.example/`;
  const put = async (url: string, turtle: string): Promise<void> => {
    const bytes = new TextEncoder().encode(turtle);
    await pod.write(url, { bytes, contentType: 'text/turtle' });
  };
  const quads: Quad[] = [];
  for (const series of all) {
    const { signal, source, month } = series;
    const url = documentUrl(storageUrl, { kind: 'series', signal, source, month });
    const place = { documentUrl: url, sensorIri: sensorOf(storageUrl, source) };
    await put(url, encodeSeries(series, place));
    quads.push(...seriesToReadings(series, place));
  }
  if (rollups) await putRollups(all, storageUrl, put);
  return { pod: { name, storageUrl, pod }, quads, put };
}

function sensorOf(storageUrl: string, source: string): string {
  return sensorIriOf(documentUrl(storageUrl, { kind: 'sensor', source }));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

async function putRollups(
  all: readonly Series[],
  storageUrl: string,
  put: TestPod['put'],
): Promise<void> {
  const years = groupBy(all, ({ signal, source, month }) =>
    JSON.stringify([signal, source, month.slice(0, 4)]),
  );
  for (const series of years.values()) {
    const { signal, source, month } = series[0] as Series;
    const year = month.slice(0, 4);
    const parts = series.map(rollUp);
    const url = documentUrl(storageUrl, { kind: 'rollup', signal, source, year });
    const rollup = {
      signal,
      source,
      year,
      days: parts.flatMap(({ days }) => days),
      hours: parts.flatMap(({ hours }) => hours),
    };
    const place = { documentUrl: url, sensorIri: sensorOf(storageUrl, source) };
    await put(url, encodeRollups(rollup, place));
  }
}
