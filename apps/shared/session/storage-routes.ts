import express, { type Request, type Router } from 'express';
import { z } from 'zod';
import { type CurrentPerson, html, htmlFor } from '../web/html-handler.ts';
import { WebError } from '../web/problem.ts';
import { localPath } from './local-path.ts';
import { renderStorageChoice } from './pages/choice-pages.tsx';

const storageForm = z.object({ storage: z.string(), returnTo: z.string().default('/') });

/** The page to choose, among the person's own storages, the one that imports go to. */
export function storageRoutes(
  currentPerson: CurrentPerson,
  choose: (request: Request, storageUrl: string) => Promise<void>,
): Router {
  const router = express.Router();
  router.get(
    '/storage',
    htmlFor(currentPerson, (person, request) =>
      renderStorageChoice({ person, returnTo: localPath(request.query['returnTo']) }),
    ),
  );
  router.post(
    '/storage',
    express.urlencoded({ extended: false, limit: '16kb' }),
    html(async (request, response) => {
      const person = await currentPerson(request);
      if (person === undefined) throw new WebError('WEB_LOGIN_REQUIRED');
      const { storage, returnTo } = storageForm.safeParse(request.body).data ?? {};
      if (!person.pods.some(({ storageUrl }) => storageUrl === storage) || storage === undefined) {
        throw new WebError('WEB_INVALID_INPUT', 'This storage is not in your profile.');
      }
      await choose(request, storage);
      response.redirect(303, localPath(returnTo));
      return undefined;
    }),
  );
  return router;
}
