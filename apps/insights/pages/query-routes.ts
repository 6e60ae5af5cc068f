import express, { type Request, type Response, type Router } from 'express';
import { QueryError, type Query, type QueryAnswer } from '../../shared/query/index.ts';
import type { Person } from '../../shared/person.ts';
import { htmlFor, type CurrentPerson } from '../../shared/web/html-handler.ts';
import { problemOf, WebError } from '../../shared/web/problem.ts';
import { exampleQueries } from './example-queries.ts';
import { renderQueryPage, type QueryOutcome } from './query-page.tsx';
import { resultsCsv, resultsJson } from './result-formats.ts';
import { untilLeft } from './until-left.ts';

/** What the query page needs. */
export interface QueryRoutesOptions {
  readonly query: Query;
  readonly currentPerson: CurrentPerson;
}

const formats = {
  csv: { type: 'text/csv; charset=utf-8; header=present', write: resultsCsv },
  json: { type: 'application/sparql-results+json', write: resultsJson },
} as const;

/** The page under `/query`: edit, run, download. */
export function queryRoutes({ query, currentPerson }: QueryRoutesOptions): Router {
  const router = express.Router();
  // Percent-encoding may triple the 100,000 characters a query may have.
  const form = express.urlencoded({ extended: false, limit: '400kb', parameterLimit: 16 });

  router.get(
    '/query',
    htmlFor(currentPerson, (person, request) =>
      renderQueryPage({ person, sparql: proposedQuery(request) }),
    ),
  );
  router.post(
    '/query',
    form,
    htmlFor(currentPerson, async (person, request, response) => {
      const sparql = field(request, 'query');
      const outcome = await outcomeOf(() => run(query, { sparql, person, response }));
      if (outcome.kind === 'problem') response.status(outcome.problem.status);
      return renderQueryPage({ person, sparql, outcome });
    }),
  );
  router.post(
    '/query/download',
    form,
    htmlFor(currentPerson, async (person, request, response) => {
      const format = field(request, 'format');
      if (format !== 'csv' && format !== 'json') throw new WebError('WEB_BAD_REQUEST');
      const answer = await run(query, { sparql: field(request, 'query'), person, response });
      response
        .set('Content-Disposition', `attachment; filename="wellpod-results.${format}"`)
        .type(formats[format].type)
        .send(formats[format].write(answer));
      return undefined;
    }),
  );
  return router;
}

interface Run {
  readonly sparql: string;
  readonly person: Person;
  readonly response: Response;
}

/** Asks on behalf of a page; stops when its reader leaves. */
function run(query: Query, { sparql, person, response }: Run): Promise<QueryAnswer> {
  return untilLeft(response, (signal) => query(sparql, person.pods, { signal }));
}

async function outcomeOf(ask: () => Promise<QueryAnswer>): Promise<QueryOutcome> {
  const startedMs = performance.now();
  try {
    return { kind: 'answer', answer: await ask(), tookMs: performance.now() - startedMs };
  } catch (error) {
    const problem = problemOf(error);
    // A defect of ours belongs to the site's error page, where it is reported.
    if (problem.code === 'WEB_INTERNAL') throw error;
    return {
      kind: 'problem',
      problem,
      position: error instanceof QueryError ? error.position : undefined,
    };
  }
}

function proposedQuery({ query: { query, example } }: Request): string {
  if (typeof query === 'string') return query;
  const found = exampleQueries.find(({ id }) => id === example) ?? exampleQueries[0];
  return found?.sparql ?? '';
}

/** Browsers send line ends of a text area as CR LF. */
function field(request: Request, name: string): string {
  const fields: Readonly<Record<string, unknown>> = request.body ?? {};
  const value = fields[name];
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
}
