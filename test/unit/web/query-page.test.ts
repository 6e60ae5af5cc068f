import { describe, expect, it } from '@jest/globals';
import { DataFactory } from 'n3';
import { parseHTML } from 'linkedom';
import { exampleQueries } from '../../../apps/insights/pages/example-queries.ts';
import { queryRoutes } from '../../../apps/insights/pages/query-routes.ts';
import { QueryError, type Query } from '../../../apps/shared/query/index.ts';
import { parseQuery } from '../../../apps/shared/query/parse-query.ts';
import { aPerson } from './people.ts';
import { withSite } from './running-site.ts';

const { literal, namedNode } = DataFactory;
const hostile = '"><img src=x onerror=alert(1)><script>alert(1)</script>';

const answering: Query = () =>
  Promise.resolve({
    kind: 'bindings',
    variables: ['day', hostile],
    rows: [{ day: literal(hostile), [hostile]: namedNode(`https://a.example/${hostile}`) }],
    documents: [
      {
        url: `https://home.example/${hostile}`,
        pod: 'Home',
        form: 'rollup',
        bytes: 2345,
        fromCache: true,
      },
    ],
    pushedDown: [`count ${hostile}`],
    missing: [{ pod: 'Cloud', url: 'https://cloud.example/', reason: 'does not answer' }],
    truncated: true,
  });

interface Asked {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly document: Document;
}

async function post(query: Query, path: string, fields: Record<string, string>): Promise<Asked> {
  let asked: Asked | undefined;
  const currentPerson = () => aPerson();
  await withSite(
    { routers: [queryRoutes({ query, currentPerson })], currentPerson },
    async (baseUrl) => {
      const response = await fetch(baseUrl + path, {
        method: 'POST',
        headers: { origin: baseUrl, accept: 'text/html' },
        body: new URLSearchParams(fields),
      });
      const text = await response.text();
      const { status, headers } = response;
      asked = { status, headers, text, document: parseHTML(text).document };
    },
  );
  if (asked === undefined) throw new Error('no answer');
  return asked;
}

describe('the query page', () => {
  it('shows results, what is missing and where they come from, all as text', async () => {
    const { document, status, text: page } = await post(answering, '/query', { query: hostile });
    expect(status).toBe(200);
    expect(document.querySelectorAll('img, script:not([src])')).toHaveLength(0);
    expect(page).toMatch(/<textarea[^>]*>&quot;>&lt;img src=x/u);
    const text = document.querySelector('#answer')?.textContent ?? '';
    expect(text).toContain('1 result');
    expect(text).toContain('Cloud could not be read in full');
    expect(text).toContain('There is more than this');
    expect(text).toContain('1 document (2.3 kB) in Home');
    expect(document.querySelector('#answer .card tbody th')?.textContent).toBe(hostile);
  });

  it('asks the pods of the person, and nobody else', async () => {
    const asked: unknown[] = [];
    const query: Query = (sparql, pods) => {
      asked.push(sparql, ...pods.map(({ name }) => name));
      return answering(sparql, pods);
    };
    await post(query, '/query', { query: 'SELECT *\r\nWHERE { }' });
    expect(asked).toEqual(['SELECT *\nWHERE { }', 'Home', 'Cloud']);
  });

  it('points at the place where a query is wrong', async () => {
    const query: Query = () =>
      Promise.reject(
        new QueryError('QUERY_SYNTAX', 'unexpected word', { position: { line: 2, column: 3 } }),
      );
    const { document, status } = await post(query, '/query', { query: 'SELECT *\n  oops' });
    expect(status).toBe(422);
    expect(document.querySelector('[role=alert] pre')?.textContent).toBe('  oops\n  ▲');
    const { dataset } = document.querySelector('textarea') ?? {};
    expect([dataset?.['line'], dataset?.['column']]).toEqual(['2', '3']);
  });

  it('gives the results as files', async () => {
    const csv = await post(answering, '/query/download', { query: 'x', format: 'csv' });
    expect(csv.headers.get('content-disposition')).toBe(
      'attachment; filename="wellpod-results.csv"',
    );
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/u);
    const json = await post(answering, '/query/download', { query: 'x', format: 'json' });
    expect(json.headers.get('content-type')).toMatch(/^application\/sparql-results\+json/u);
    expect(JSON.parse(json.text)).toMatchObject({ head: { vars: ['day', hostile] } });
    expect((await post(answering, '/query/download', { format: 'exe' })).status).toBe(400);
  });

  it('stops asking when the reader leaves', async () => {
    let stopped: () => void = () => undefined;
    const isStopped = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const query: Query = (_sparql, _pods, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          stopped();
          reject(new QueryError('QUERY_CANCELLED', 'The query was stopped.'));
        });
      });
    const currentPerson = () => aPerson();
    await withSite(
      { routers: [queryRoutes({ query, currentPerson })], currentPerson },
      async (baseUrl) => {
        const leaving = new AbortController();
        const asking = fetch(`${baseUrl}/query`, {
          method: 'POST',
          headers: { origin: baseUrl },
          body: new URLSearchParams({ query: 'SELECT * {}' }),
          signal: leaving.signal,
        }).catch(() => 'left');
        setTimeout(() => leaving.abort(), 50);
        expect(await asking).toBe('left');
        await isStopped;
      },
    );
  });
});

describe('the example queries', () => {
  it.each(exampleQueries.map(({ id, sparql }) => [id, sparql] as const))(
    '%s is a query that is answered here',
    (_id, sparql) => {
      expect(() => parseQuery(sparql, 0)).not.toThrow();
    },
  );
});
