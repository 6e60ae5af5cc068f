import { QueryEngine } from '@comunica/query-sparql';
import { Writer } from 'n3';
import type { Quad, Term } from '@rdfjs/types';
import { openPod } from '../../adapters/index.ts';
import { containerUrl } from '../../apps/shared/catalog/index.ts';
import { createQuery } from '../../apps/shared/query/index.ts';
import {
  decodeSeries,
  localDay,
  PROPERTY_NS,
  seriesToReadings,
  WELL_NS,
  type SensedSeries,
} from '../../vocab/index.ts';
import { median, timed, type Figure } from './figure.ts';
import type { BenchPod } from './server-process.ts';

const runs = { ours: 7, plain: 3 } as const;

const dailyMean = `
PREFIX sosa: <http://www.w3.org/ns/sosa/>
PREFIX well: <${WELL_NS}>
SELECT ?day (AVG(?steps) AS ?mean) (COUNT(?steps) AS ?n) WHERE {
  ?reading a well:Steps ; well:day ?day ; sosa:hasSimpleResult ?steps .
} GROUP BY ?day ORDER BY ?day`;

/**
 * Daily mean of the steps a minute, asked of the imported series, against plain Comunica over one
 * Turtle document a day with a node for each of the same readings. Both fetch every document anew.
 * @throws Error when the two answers differ: a ratio of different answers means nothing.
 */
export async function dailyMeanFigures(pod: BenchPod, origin: string): Promise<Figure[]> {
  const series = await importedSteps(pod);
  const documents = await putReadingDocuments(pod, series);
  const readings = series.reduce((sum, { timesMs }) => sum + timesMs.length, 0);

  const ours: number[] = [];
  const plain: number[] = [];
  for (let run = 0; run < runs.ours; run += 1) {
    const own = await timed(() => askSeries(pod));
    ours.push(own.seconds);
    if (run >= runs.plain) continue;
    const other = await timed(() => askPlainComunica(pod, documents));
    plain.push(other.seconds);
    requireEqual(own.result, other.result);
  }
  const on = `${origin}; ${readings} readings of steps, ${documents.length} days, answers equal`;
  return [
    {
      name: 'daily mean over 31 days, series and rollups',
      value: median(ours) * 1000,
      unit: 'ms',
      ratio: median(plain) / median(ours),
      against: 'plain Comunica over one node a reading',
      bar: { atLeast: 20 },
      runs: runs.ours,
      on,
    },
    {
      name: 'daily mean over 31 days, plain Comunica',
      value: median(plain) * 1000,
      unit: 'ms',
      runs: runs.plain,
      on,
    },
  ];
}

type Row = readonly [day: string, mean: number, count: number];

const row = (day: Term | undefined, mean: Term | undefined, count: Term | undefined): Row => [
  day?.value ?? '',
  Number(mean?.value),
  Number(count?.value),
];

async function askSeries({ storageUrl, webId, fetch }: BenchPod): Promise<Row[]> {
  const pod = await openPod(storageUrl, {
    fetch,
    webId,
    allowPrivate: [new URL(storageUrl).origin],
  });
  // A new one each time: nothing decoded is left from the run before.
  const query = createQuery();
  const answer = await query(dailyMean, [{ name: 'bench', storageUrl, webId, pod }]);
  await pod.close();
  if (answer.missing.length > 0 || answer.truncated) throw new Error('the answer is partial');
  return answer.rows.map((each) => row(each['day'], each['mean'], each['n']));
}

const engine = new QueryEngine();

async function askPlainComunica(pod: BenchPod, documents: readonly string[]): Promise<Row[]> {
  await engine.invalidateHttpCache();
  const [first = '', ...others] = documents;
  const bindings = await engine.queryBindings(dailyMean, {
    sources: [first, ...others],
    fetch: pod.fetch,
  });
  const rows = await bindings.toArray();
  return rows.map((each) => row(each.get('day'), each.get('mean'), each.get('n')));
}

function requireEqual(ours: readonly Row[], plain: readonly Row[]): void {
  const equal =
    ours.length === plain.length &&
    ours.every(([day, mean, count], index) => {
      const [otherDay, otherMean, otherCount] = plain[index] ?? ['', Number.NaN, -1];
      // Comunica divides in floating point; ours is an exact decimal, cut at some place.
      const close = Math.abs(mean - otherMean) <= 1e-9 * Math.max(1, Math.abs(otherMean));
      return day === otherDay && count === otherCount && close;
    });
  if (!equal || ours.length === 0) throw new Error('the two daily means differ');
}

async function importedSteps({ storageUrl, webId, fetch }: BenchPod): Promise<SensedSeries[]> {
  const pod = await openPod(storageUrl, {
    fetch,
    webId,
    allowPrivate: [new URL(storageUrl).origin],
  });
  const series: SensedSeries[] = [];
  for await (const { url, container } of pod.list(containerUrl(storageUrl, 'steps'))) {
    if (!container) series.push(decodeSeries(await (await fetch(url)).text(), url));
  }
  await pod.close();
  return series;
}

const triplesPerReading = 6;

function dayOf(days: Map<string, Quad[]>, series: SensedSeries, index: number): Quad[] {
  const day = localDay(series.timesMs[index] ?? 0, series.utcOffsetMinutes[index] ?? 0);
  const quads = days.get(day) ?? [];
  days.set(day, quads);
  return quads;
}

/** Writes the readings as an app without series would, one document a day; resolves to their URLs. */
async function putReadingDocuments(
  { storageUrl, fetch }: BenchPod,
  series: readonly SensedSeries[],
): Promise<string[]> {
  const days = new Map<string, Quad[]>();
  for (const each of series) {
    const documentUrl = `${storageUrl}plain/${each.month}`;
    const readings = seriesToReadings(each, { documentUrl, sensorIri: each.sensorIri });
    let day: Quad[] = [];
    let index = 0;
    for (const triple of readings) {
      if (index % triplesPerReading === 0) {
        day = dayOf(days, each, index / triplesPerReading);
      }
      day.push(triple);
      index += 1;
    }
  }
  const urls: string[] = [];
  for (const [day, quads] of days) {
    const url = `${storageUrl}plain/${day}`;
    const writer = new Writer({ prefixes: { well: WELL_NS, property: PROPERTY_NS } });
    writer.addQuads(quads);
    const body = await new Promise<string>((resolve, reject) => {
      writer.end((error: Error | null, text: string) => (error ? reject(error) : resolve(text)));
    });
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'text/turtle' },
      body,
    });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    urls.push(url);
  }
  return urls;
}
