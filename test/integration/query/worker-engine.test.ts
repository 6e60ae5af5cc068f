import { afterAll, describe, expect, it } from '@jest/globals';
import { Worker } from 'node:worker_threads';
import { createQuery } from '../../../apps/shared/query/index.ts';
import { workerEngine } from '../../../apps/shared/query/engine/worker-engine.ts';
import { podOfSeries, seriesOf } from '../../unit/query/pod-of-series.ts';

const hooks = new URL('./typescript-hooks.mjs', import.meta.url).href;
const entry = new URL('../../../apps/shared/query/engine/worker-entry.ts', import.meta.url).href;
const started: Worker[] = [];

function startFromSource(resourceLimits: { readonly maxOldGenerationSizeMb: number }): Worker {
  const code = `require('node:module').register(${JSON.stringify(hooks)}); import(${JSON.stringify(entry)});`;
  const worker = new Worker(code, { eval: true, resourceLimits, execArgv: [] });
  started.push(worker);
  return worker;
}

const engine = workerEngine({ start: startFromSource, maxWorkers: 1, maxHeapMb: 256 });
const query = createQuery({ engine });
const steps = seriesOf(
  'steps',
  'watch-a',
  Array.from({ length: 600 }, (_, index) => [1_460_000_000_000 + index * 60_000, 0, index % 50]),
);

afterAll(async () => {
  await Promise.all(started.map((worker) => worker.terminate()));
});

describe('the engine in a thread', () => {
  const harmless = 'SELECT ?p (COUNT(*) AS ?n) WHERE { ?r a well:Steps ; ?p ?o } GROUP BY ?p';

  it('answers what columns do not', async () => {
    const { pod } = await podOfSeries([steps]);
    const { rows } = await query(harmless, [pod]);
    expect(rows.map((row) => row['n']?.value)).toEqual(Array(6).fill('600'));
  });

  it('is kept for the next query', async () => {
    const { pod } = await podOfSeries([steps]);
    const before = started.length;
    await query(harmless, [pod]);
    expect(started).toHaveLength(before);
  });

  it.each([
    [
      'a regular expression that backtracks',
      `SELECT ?x WHERE { VALUES ?s { "${'a'.repeat(60)}!" } FILTER(REGEX(?s, "^(a+)+$")) BIND(1 AS ?x) }`,
    ],
    ['a Cartesian product', 'SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?x . ?b ?q ?y . ?c ?o ?z }'],
  ])('is ended by %s, and the next query is answered', async (_, hostile) => {
    const { pod } = await podOfSeries([steps]);
    await query(harmless, [pod]);
    await expect(query(hostile, [pod], { limits: { timeoutMs: 1_500 } })).rejects.toMatchObject({
      code: expect.stringMatching(/QUERY_TIMEOUT|QUERY_TOO_LARGE/u),
    });
    expect((await query(harmless, [pod])).rows).toHaveLength(6);
  });

  it('stops at once when the query is cancelled', async () => {
    const { pod } = await podOfSeries([steps]);
    await query(harmless, [pod]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    await expect(
      query('SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?x . ?b ?q ?y . ?c ?o ?z }', [pod], {
        signal: controller.signal,
      }),
    ).rejects.toMatchObject({ code: 'QUERY_CANCELLED' });
  });
});
