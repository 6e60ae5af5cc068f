import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { type CurrentPerson, html } from '../web/html-handler.ts';
import { WebError } from '../web/problem.ts';
import { pendingLifeMs, pendingLoginSchema } from './authorization.ts';
import { type SiteCookie, randomToken, tokenHash } from './cookies.ts';
import { failureWords } from './failure-words.ts';
import { finishLogin } from './finish-login.ts';
import { type Surroundings, hostOf } from './http.ts';
import { sameIssuer } from './issuer.ts';
import { localPath } from './local-path.ts';
import { LoginFailure } from './login-failure.ts';
import { type ClientDescription, type OidcClient, clientIdDocument } from './oidc-client.ts';
import { renderIssuerChoice } from './pages/choice-pages.tsx';
import { renderFailurePage, renderLoggedOutPage } from './pages/end-pages.tsx';
import { renderLeavingPage } from './pages/leaving-page.tsx';
import { renderLoginPage } from './pages/login-page.tsx';
import type { People } from './people.ts';
import type { RememberedLogin, RememberedLogins } from './remembered-logins.ts';
import { revokeGrant } from './revoke-grant.ts';
import type { SealedStore } from './sealed-store.ts';
import {
  type SessionRecord,
  newSessionRecord,
  takeRecord,
  updateRecord,
} from './session-record.ts';
import { startLogin, understandLogin } from './start-login.ts';
import { storageRoutes } from './storage-routes.ts';

/** What a stored `PendingRecord` looks like. */
export const pendingRecordSchema = z.object({
  login: pendingLoginSchema,
  /** Hash of the token in the cookie of the browser that began it. */
  browser: z.string(),
  returnTo: z.string(),
  /** What to remember in that browser once the login has succeeded. */
  remember: z.string().optional(),
});

/** A login in mid-flight. */
export type PendingRecord = z.infer<typeof pendingRecordSchema>;

/** What the routes work on. */
export interface SessionRoutesOptions {
  readonly baseUrl: string;
  readonly around: Surroundings;
  readonly people: People;
  readonly currentPerson: CurrentPerson;
  readonly stores: {
    readonly records: SealedStore<SessionRecord>;
    readonly pending: SealedStore<PendingRecord>;
    readonly registrations: SealedStore<OidcClient>;
  };
  readonly cookies: { readonly session: SiteCookie; readonly login: SiteCookie };
  readonly remembered: RememberedLogins;
  readonly suggested: readonly RememberedLogin[];
}

const callbackPath = '/login/callback';
const documentPath = '/client-id.jsonld';
const cookieLifeMs = 30 * 86_400_000;

const loginForm = z.object({
  who: z.string().max(2000),
  returnTo: z.string().max(2000).default('/'),
  remember: z.literal('yes').optional(),
  issuer: z.string().max(2000).optional(),
});

/** The pages and endpoints of browser sessions, for the root of a site. */
export function sessionRoutes(options: SessionRoutesOptions): Router {
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: '16kb' });
  // Each attempt sends requests to servers that anybody may name.
  const limited = rateLimit({
    windowMs: 60_000,
    limit: 30,
    legacyHeaders: false,
    // Whether a proxy is to be believed is the site's setting; the check would only log.
    validate: { xForwardedForHeader: false },
  });
  const description = describe(options.baseUrl);

  router.get(documentPath, (_request, response) => {
    response.type('application/ld+json').send(JSON.stringify(clientIdDocument(description)));
  });
  router.get('/login', html(loginPage(options)));
  router.post('/login', limited, form, html(beginLogin(options, description)));
  router.post('/login/forget', (_request, response) => {
    options.remembered.forget(response);
    response.redirect(303, '/login');
  });
  router.get(callbackPath, limited, endLogin(options));
  router.post('/logout', html(logOut(options)));
  router.use(
    storageRoutes(options.currentPerson, async (request, chosenStorage) => {
      const id = options.cookies.session.read(request);
      if (id !== undefined) await updateRecord(options.stores.records, id, { chosenStorage });
    }),
  );
  return router;
}

function describe(baseUrl: string): ClientDescription {
  const at = (path: string): string => new URL(path, baseUrl).href;
  return {
    name: 'Wellpod',
    native: false,
    siteUrl: at('/'),
    documentUrl: at(documentPath),
    redirectUrl: at(callbackPath),
  };
}

type Page = (request: Request, response: Response) => Promise<string | undefined>;

function loginPage(options: SessionRoutesOptions): Page {
  return async (request, response) => {
    const returnTo = localPath(request.query['returnTo']);
    const id = options.cookies.session.read(request);
    if (id !== undefined && (await options.people.find(id)) !== undefined) {
      response.redirect(303, returnTo);
      return undefined;
    }
    return renderLoginPage({
      returnTo,
      remembered: options.remembered.read(request),
      suggested: options.suggested,
      // A cookie without a session: it ended by itself, as a logout clears both.
      failure: id === undefined ? undefined : new LoginFailure('session-ended'),
    });
  };
}

function beginLogin(options: SessionRoutesOptions, description: ClientDescription): Page {
  const { around, stores, cookies } = options;
  return async (request, response) => {
    const parsed = loginForm.safeParse(request.body);
    if (!parsed.success) throw new WebError('WEB_BAD_REQUEST');
    const { who, remember, issuer } = parsed.data;
    const returnTo = localPath(parsed.data.returnTo);
    try {
      const target = await understandLogin(who, around);
      const chosen = chooseIssuer(target.issuers, issuer);
      if (chosen === undefined) {
        const { issuers } = target;
        return renderIssuerChoice({ who, issuers, returnTo, remember: remember === 'yes' });
      }
      const { url, pending } = await startLogin(
        { issuer: chosen, expectedWebId: target.webId },
        { description, registrations: stores.registrations, around },
      );
      const browser = cookies.login.read(request) ?? randomToken();
      cookies.login.write(response, browser, pendingLifeMs);
      await stores.pending.write(pending.state, {
        login: pending,
        browser: tokenHash(browser),
        returnTo,
        ...(remember && { remember: target.webId ?? chosen }),
      });
      response.set('Refresh', `0; url=${url}`);
      return renderLeavingPage(url, pending.client);
    } catch (error) {
      if (!(error instanceof LoginFailure)) throw error;
      response.status(failureWords(error).status);
      const { suggested } = options;
      const remembered = options.remembered.read(request);
      return renderLoginPage({ returnTo, remembered, suggested, typed: who, failure: error });
    }
  };
}

function chooseIssuer(issuers: readonly string[], chosen: string | undefined): string | undefined {
  if (issuers.length === 1) return issuers[0];
  return chosen && issuers.find((issuer) => sameIssuer(issuer, chosen));
}

function endLogin(options: SessionRoutesOptions): RequestHandler {
  return async (request, response) => {
    try {
      response.redirect(303, await logIn(options, request, response));
    } catch (error) {
      if (!(error instanceof LoginFailure)) throw error;
      response.status(failureWords(error).status).type('html').send(renderFailurePage(error));
    }
  };
}

/** Turns the issuer's answer into a session, and tells where to go on. */
async function logIn(
  { around, stores, cookies, people, remembered, baseUrl }: SessionRoutesOptions,
  request: Request,
  response: Response,
): Promise<string> {
  const returned = new URL(request.originalUrl, baseUrl).searchParams;
  const { login, returnTo, remember } = await takePending(stores.pending, {
    state: returned.get('state') ?? '',
    browser: cookies.login.read(request),
  });
  const confirmed = await finishLogin(login, returned, around);

  const before = cookies.session.read(request);
  if (before !== undefined) {
    people.forget(before);
    await takeRecord(stores.records, before);
  }
  // Always a new id: one that somebody planted in this browser never becomes a session.
  const id = randomToken();
  const record = newSessionRecord(confirmed, around.now());
  await stores.records.write(id, record);
  cookies.session.write(response, id, cookieLifeMs);
  if (remember !== undefined) {
    const label = confirmed.name ? `${confirmed.name} · ${hostOf(remember)}` : remember;
    remembered.add(request, response, { who: remember, label });
  }
  if (record.chosenStorage !== undefined) return returnTo;
  return `/storage?returnTo=${encodeURIComponent(returnTo)}`;
}

/** A login can be finished once, by the browser that began it. */
async function takePending(
  store: SealedStore<PendingRecord>,
  { state, browser }: { readonly state: string; readonly browser: string | undefined },
): Promise<PendingRecord> {
  return store.locked(state, async () => {
    const record = await store.read(state);
    if (record === undefined) throw new LoginFailure('login-unknown');
    if (browser === undefined || tokenHash(browser) !== record.browser) {
      throw new LoginFailure('other-browser');
    }
    await store.remove(state);
    return record;
  });
}

function logOut({ cookies, stores, people, around }: SessionRoutesOptions): Page {
  return async (request, response) => {
    const id = cookies.session.read(request);
    cookies.session.clear(response);
    const record = id === undefined ? undefined : await takeRecord(stores.records, id);
    if (id === undefined || record === undefined) return renderLoggedOutPage(undefined);
    people.forget(id);
    await revokeGrant(record.grant, around);
    return renderLoggedOutPage(hostOf(record.grant.issuer));
  };
}
