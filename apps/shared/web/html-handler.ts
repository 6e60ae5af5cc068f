import type { Request, RequestHandler, Response } from 'express';
import type { Person } from '../person.ts';
import { WebError } from './problem.ts';

/** Who sends this request, or nobody. Injected: the site does not know how sessions are kept. */
export type CurrentPerson = (request: Request) => Person | undefined | Promise<Person | undefined>;

/** Answers with the HTML that `render` makes, nothing when it answered itself, else its error. */
export function html(
  render: (
    request: Request,
    response: Response,
  ) => string | undefined | Promise<string | undefined>,
): RequestHandler {
  // Express 5 passes a rejection on to the error handler.
  return async (request, response) => {
    const page = await render(request, response);
    if (page !== undefined) response.type('html').send(page);
  };
}

/** Answers for the person who is connected; sends everybody else to log in and back here. */
export function htmlFor(
  currentPerson: CurrentPerson,
  render: (
    person: Person,
    request: Request,
    response: Response,
  ) => string | undefined | Promise<string | undefined>,
): RequestHandler {
  return html(async (request, response) => {
    const person = await currentPerson(request);
    if (person !== undefined) return render(person, request, response);
    if (request.accepts(['html', 'json']) === 'json') throw new WebError('WEB_LOGIN_REQUIRED');
    return sendToLogin(request, response);
  });
}

// Only what a link can repeat is worth coming back to.
function sendToLogin({ method, originalUrl }: Request, response: Response): undefined {
  const target = method === 'GET' ? `?returnTo=${encodeURIComponent(originalUrl)}` : '';
  response.redirect(303, `/login${target}`);
}
