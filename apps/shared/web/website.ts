import express, { type ErrorRequestHandler, type Request, type Router } from 'express';
import type { Person } from '../person.ts';
import { html, type CurrentPerson } from './html-handler.ts';
import { problemDetails, problemOf, WebError, type Problem } from './problem.ts';
import { renderProblem, renderProblemReference } from './problem-page.tsx';
import { ownHostOnly, ownOriginOnly, securityHeaders } from './security.ts';
import { siteAssets } from './site-assets.ts';

/** What a website is put together from. */
export interface WebsiteOptions {
  /** Address people open it under: its host is the only one answered, its origin the only one trusted. */
  readonly baseUrl: string;
  /** In order; the session's first. Each brings its own assets. */
  readonly routers: readonly Router[];
  readonly currentPerson: CurrentPerson;
  /** Called with each failure answered with a status of 500 or more. */
  readonly report?: (problem: Problem, error: unknown) => void;
}

/** Frames routers with the rules that hold for every page: headers, origin check, errors, health. */
export function createWebsite(options: WebsiteOptions): express.Express {
  const { baseUrl, routers, currentPerson } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(...securityHeaders());
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.use(ownHostOnly(baseUrl), siteAssets.router, ownOriginOnly(baseUrl), ...routers);
  app.get(
    '/problems',
    html(async (request) => renderProblemReference(await currentPerson(request))),
  );
  app.use((_request, _response, next) => next(new WebError('WEB_NOT_FOUND')));
  app.use(answerProblem(options));
  return app;
}

function answerProblem({ currentPerson, report }: WebsiteOptions): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    if (problem.status >= 500) report?.(problem, error);
    // Half an answer is out: only breaking the connection tells the reader that it is not whole.
    if (response.headersSent) return next(error);
    response.status(problem.status);
    if (problem.retryAfterSeconds !== undefined)
      response.set('Retry-After', String(problem.retryAfterSeconds));
    if (request.accepts(['html', 'json']) === 'json')
      response.type('application/problem+json').send(JSON.stringify(problemDetails(problem)));
    else response.send(renderProblem(problem, await personOrNobody(currentPerson, request)));
  };
}

/** The error page must not fail with the very thing that it reports. */
async function personOrNobody(find: CurrentPerson, request: Request): Promise<Person | undefined> {
  try {
    return await find(request);
  } catch {
    return undefined;
  }
}
