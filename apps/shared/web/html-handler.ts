import type { Request, RequestHandler, Response } from 'express';
import type { Person } from '../session/person.ts';

/** Who sends this request, or nobody. Injected: the site does not know how sessions are kept. */
export type CurrentPerson = (request: Request) => Person | undefined | Promise<Person | undefined>;

/** Answers with the HTML that `render` makes, nothing when it answered itself, else its error. */
export function html(
  render: (
    request: Request,
    response: Response,
  ) => string | undefined | Promise<string | undefined>,
): RequestHandler {
  return (request, response, next) => {
    Promise.resolve()
      .then(() => render(request, response))
      .then((page) => {
        if (page !== undefined) response.type('html').send(page);
      })
      .catch(next);
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
    response.redirect(303, `/login?returnTo=${encodeURIComponent(request.originalUrl)}`);
    return undefined;
  });
}
