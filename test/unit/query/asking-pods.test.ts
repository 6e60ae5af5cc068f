import { describe, expect, it } from '@jest/globals';
import { PodError, type PodAdapter } from '../../../adapters/index.ts';
import { documentUrl } from '../../../apps/shared/catalog/index.ts';
import { createQuery, type Query, type QueryPod } from '../../../apps/shared/query/index.ts';
import { encodeSleep } from '../../../vocab/index.ts';
import { podOfSeries, seriesOf, type TestReading } from './pod-of-series.ts';

const day = 86_400_000;

function readingsFrom(isoStart: string, count: number, stepMs = 3_600_000): TestReading[] {
  const start = Date.parse(isoStart);
  return Array.from({ length: count }, (_, index) => [
    start + index * stepMs,
    0,
    60 + (index % 24),
  ]);
}

/** A pod that notes what is read of it and may refuse. */
function watched(pod: QueryPod, refuse: (url: string) => boolean = () => false) {
  const reads: string[] = [];
  const unchanged: string[] = [];
  const guard = (url: string): void => {
    reads.push(url);
    if (refuse(url)) throw new PodError('POD_FORBIDDEN', 'no', { url });
  };
  const adapter: PodAdapter = {
    ...pod.pod,
    async read(url, options) {
      guard(url);
      return pod.pod.read(url, options);
    },
    async readIfChanged(url, etag, options) {
      guard(url);
      const found = await pod.pod.readIfChanged(url, etag, options);
      if (found === undefined) unchanged.push(url);
      return found;
    },
  };
  return { pod: { ...pod, pod: adapter }, reads, unchanged };
}

const months = [
  seriesOf('heart-rate', 'watch-a', readingsFrom('2016-03-01T00:00:00Z', 700)),
  seriesOf('heart-rate', 'watch-a', readingsFrom('2016-04-01T00:00:00Z', 700)),
  seriesOf('heart-rate', 'watch-a', readingsFrom('2016-05-01T00:00:00Z', 700)),
  seriesOf('steps', 'watch-a', readingsFrom('2016-04-01T00:00:00Z', 700)),
];
const meanOf = (filter: string): string =>
  `SELECT ?day (AVG(?v) AS ?mean) WHERE { ?r a well:HeartRate ; well:day ?day ;
     sosa:resultTime ?t ; sosa:hasSimpleResult ?v . ${filter} } GROUP BY ?day`;
const names = (urls: readonly string[]): string[] =>
  urls.map((url) => url.replace(/^.*wellness\//u, '')).toSorted();

describe('documents read for a query', () => {
  it.each([
    ['FILTER(?day >= "2016-04-10"^^xsd:date && ?day < "2016-04-20"^^xsd:date)'],
    [
      'FILTER(?t > "2016-04-10T00:00:00Z"^^xsd:dateTime && ?t < "2016-04-20T00:00:00Z"^^xsd:dateTime)',
    ],
    ['VALUES ?day { "2016-04-10"^^xsd:date "2016-04-12"^^xsd:date }'],
    ['FILTER(?day IN ("2016-04-10"^^xsd:date, "2016-04-12"^^xsd:date))'],
    ['FILTER("2016-04-10"^^xsd:date = ?day)'],
  ])('are only those of the month asked: %s', async (filter) => {
    const { pod } = await podOfSeries(months);
    const { pod: asked, reads } = watched(pod);
    const { rows } = await createQuery()(meanOf(filter), [asked]);
    expect(rows.length).toBeGreaterThan(0);
    expect(names(reads)).toEqual(['heart-rate/watch-a_2016-04.ttl']);
  });

  it('are those of both months where an instant at the edge may be on either day', async () => {
    const { pod } = await podOfSeries(months);
    const { pod: asked, reads } = watched(pod);
    await createQuery()(meanOf('FILTER(?t = "2016-05-01T00:00:00Z"^^xsd:dateTime)'), [asked]);
    expect(names(reads)).toEqual([
      'heart-rate/watch-a_2016-04.ttl',
      'heart-rate/watch-a_2016-05.ttl',
    ]);
  });

  it('are those of both signals where only the property of one is left open', async () => {
    const { pod } = await podOfSeries(months);
    const { pod: asked, reads } = watched(pod);
    await createQuery()(
      'SELECT ?p WHERE { ?r sosa:observedProperty ?p ; sosa:hasSimpleResult ?v ; well:day "2016-04-02"^^xsd:date }',
      [asked],
    );
    expect(names(reads)).toEqual(['heart-rate/watch-a_2016-04.ttl', 'steps/watch-a_2016-04.ttl']);
  });

  it('are the rollups where whole days are asked', async () => {
    const { pod } = await podOfSeries(months, { rollups: true });
    const { pod: asked, reads } = watched(pod);
    const { documents } = await createQuery()(
      'SELECT ?day (MAX(?v) AS ?m) WHERE { ?r a well:HeartRate ; well:day ?day ; sosa:hasSimpleResult ?v } GROUP BY ?day',
      [asked],
    );
    expect(names(reads)).toEqual(['rollup/heart-rate_watch-a_2016.ttl']);
    expect(documents.map(({ form }) => form)).toEqual(['rollup']);
  });

  it('are the series where a rollup is older than what it sums up', async () => {
    const { pod, put } = await podOfSeries(months, { rollups: true });
    const month = await pod.pod.read(`${pod.storageUrl}wellness/heart-rate/watch-a_2016-05.ttl`);
    await put(month.url, await new Response(month.bytes()).text());
    const { documents } = await createQuery()(
      'SELECT ?day (MAX(?v) AS ?m) WHERE { ?r a well:HeartRate ; well:day ?day ; sosa:hasSimpleResult ?v } GROUP BY ?day',
      [pod],
    );
    expect(documents.map(({ form }) => form)).toEqual(['series', 'series', 'series']);
  });

  it('are asked again with their ETag, and only the changed ones sent again', async () => {
    const { pod, put } = await podOfSeries(months);
    const { pod: asked, unchanged } = watched(pod);
    const query = createQuery({ maxAgeMs: 0 });
    const first = await query(meanOf(''), [asked]);
    const url = `${pod.storageUrl}wellness/heart-rate/watch-a_2016-05.ttl`;
    await put(url, await new Response((await pod.pod.read(url)).bytes()).text());
    const second = await query(meanOf(''), [asked]);
    expect(names(unchanged)).toEqual([
      'heart-rate/watch-a_2016-03.ttl',
      'heart-rate/watch-a_2016-04.ttl',
    ]);
    expect(second.rows).toEqual(first.rows);
    expect(second.documents.filter(({ fromCache }) => fromCache)).toHaveLength(2);
  });

  it('of one session are never served to another', async () => {
    const { pod } = await podOfSeries(months);
    const query = createQuery({ maxAgeMs: 0 });
    await query(meanOf(''), [pod]);
    const stranger = watched(pod, () => true);
    const { rows, missing } = await query(meanOf(''), [stranger.pod]);
    expect(rows).toEqual([]);
    expect(missing).toHaveLength(3);
  });
});

describe('a query over several pods', () => {
  it('joins what lies on different hosts', async () => {
    const a = await podOfSeries(months.slice(0, 3), { name: 'one' });
    const b = await podOfSeries([], { name: 'two' });
    const url = documentUrl(b.pod.storageUrl, { kind: 'sleep', source: 'bed', month: '2016-04' });
    const endMs = Date.parse('2016-04-12T06:00:00Z');
    const night = {
      startMs: endMs - 8 * 3_600_000,
      endMs,
      utcOffsetMinutes: 0,
      source: 'bed',
      timeZone: 'Etc/UTC',
      asleepMinutes: 430,
      inBedMinutes: 480,
      stages: [],
    };
    await b.put(url, encodeSleep([night], { documentUrl: url, sensorIri: `${url}#sensor` }));
    const { rows, documents } = await createQuery()(
      `SELECT ?day ?asleep ?mean WHERE {
         ?s a well:SleepEpisode ; well:day ?day ; well:asleepMinutes ?asleep .
         { SELECT ?day (AVG(?v) AS ?mean) WHERE {
             ?r a well:HeartRate ; well:day ?day ; sosa:hasSimpleResult ?v } GROUP BY ?day } }`,
      [a.pod, b.pod],
    );
    expect(
      rows.map((row) => [row['day']?.value, row['asleep']?.value, row['mean']?.value]),
    ).toEqual([['2016-04-12', '430', '71.5']]);
    expect(new Set(documents.map(({ pod }) => pod))).toEqual(new Set(['one', 'two']));
  });

  it('answers in part when one pod cannot be reached, and says so', async () => {
    const { pod } = await podOfSeries(months);
    const down = downPod('down');
    const { rows, missing } = await createQuery()(meanOf(''), [pod, down]);
    expect(rows.length).toBeGreaterThan(0);
    expect(missing.map(({ pod: name, reason }) => [name, reason])).toEqual([
      ['down', 'its host does not answer'],
    ]);
  });

  it('fails when no pod can be reached', async () => {
    await expect(createQuery()(meanOf(''), [downPod('down')])).rejects.toMatchObject({
      code: 'QUERY_NO_POD',
    });
  });

  it('names a document that is cut short and answers from the others', async () => {
    const { pod, put } = await podOfSeries(months);
    const url = `${pod.storageUrl}wellness/heart-rate/watch-a_2016-05.ttl`;
    const whole = await new Response((await pod.pod.read(url)).bytes()).text();
    await put(url, whole.slice(0, whole.lastIndexOf('<> well:digest')));
    const { rows, missing } = await createQuery()(meanOf(''), [pod]);
    expect(rows.length).toBeGreaterThan(50);
    expect(missing.map((one) => one.url)).toEqual([url]);
  });

  it('counts the readings of a pod given twice once', async () => {
    const { pod } = await podOfSeries(months);
    const { rows } = await createQuery()('SELECT (COUNT(*) AS ?n) WHERE { ?r a well:Steps }', [
      pod,
      { ...pod, name: 'again' },
    ]);
    expect(rows[0]?.['n']?.value).toBe('700');
  });
});

describe('readings that are not in series', () => {
  const plain = `PREFIX well: <https://w3id.org/wellpod/wellness#> PREFIX sosa: <http://www.w3.org/ns/sosa/>
    PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    <#1> a well:Steps ; well:day "2016-04-02"^^xsd:date ; sosa:hasSimpleResult 1000000 .`;

  it('count like the others', async () => {
    const { pod, put } = await podOfSeries(months);
    await put(`${pod.storageUrl}wellness/steps/other-app.ttl`, plain);
    const { rows } = await createQuery()(
      'SELECT (MAX(?v) AS ?m) (COUNT(*) AS ?n) WHERE { ?r a well:Steps ; sosa:hasSimpleResult ?v }',
      [pod],
    );
    expect(rows[0]?.['m']?.value).toBe('1000000');
    expect(rows[0]?.['n']?.value).toBe('701');
  });
});

describe('bounds of a query', () => {
  it('cuts the rows at the most that are wanted, and says so', async () => {
    const { pod } = await podOfSeries(months);
    const query: Query = createQuery({ limits: { maxResults: 10 } });
    const answer = await query('SELECT ?v WHERE { ?r a well:Steps ; sosa:hasSimpleResult ?v }', [
      pod,
    ]);
    expect(answer.rows).toHaveLength(10);
    expect(answer.truncated).toBe(true);
  });

  it('refuses to expand more readings than allowed, and says how to ask instead', async () => {
    const { pod } = await podOfSeries(months);
    const query = createQuery({ limits: { maxExpandedReadings: 1_000 } });
    await expect(query('SELECT ?p WHERE { ?r ?p ?o }', [pod])).rejects.toMatchObject({
      code: 'QUERY_TOO_LARGE',
      message: expect.stringContaining('FILTER(?day'),
    });
  });

  it('expands only the days that are asked about', async () => {
    const { pod } = await podOfSeries(months);
    const query = createQuery({ limits: { maxExpandedReadings: 200 } });
    const { rows } = await query(
      `SELECT ?p (COUNT(*) AS ?n) WHERE { ?r a well:Steps ; well:day ?day ; ?p ?o
         FILTER(?day = "2016-04-10"^^xsd:date) } GROUP BY ?p`,
      [pod],
    );
    expect(rows.map((row) => row['n']?.value)).toEqual(Array(6).fill('24'));
  });

  it('stops when cancelled', async () => {
    const { pod } = await podOfSeries(months);
    const controller = new AbortController();
    controller.abort();
    await expect(
      createQuery()(meanOf(''), [pod], { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'QUERY_CANCELLED' });
  });

  it('stops waiting for a pod that never answers', async () => {
    const { pod } = await podOfSeries(months);
    const silent: PodAdapter = {
      ...pod.pod,
      read: (_url, options) =>
        new Promise((_resolve, reject) => {
          options?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    };
    await expect(
      createQuery()(meanOf(''), [{ ...pod, pod: silent }], { limits: { timeoutMs: 50 } }),
    ).rejects.toMatchObject({ code: 'QUERY_TIMEOUT' });
  });

  it('takes one NOW() for the whole query, from its clock', async () => {
    const { pod } = await podOfSeries(months);
    const query = createQuery({ clock: () => Date.parse('2016-04-15T00:00:00Z') });
    const { rows } = await query(
      `SELECT (COUNT(*) AS ?n) WHERE { ?r a well:Steps ; sosa:resultTime ?t
         FILTER(?t < NOW() && ?t >= NOW() - "P7D"^^xsd:dayTimeDuration) }`,
      [pod],
    );
    expect(rows[0]?.['n']?.value).toBe(String((7 * day) / 3_600_000));
  });
});

function downPod(name: string): QueryPod {
  const unavailable = (): never => {
    throw new PodError('POD_UNAVAILABLE', 'down', { url: 'https://down.example/' });
  };
  const pod = new Proxy({} as PodAdapter, { get: () => unavailable });
  return { name, storageUrl: `https://${name}.example/`, pod };
}
