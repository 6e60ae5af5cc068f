import type { Request, RequestHandler, Router } from 'express';
import { join } from 'node:path';
import type { AllowPrivate } from '../../../adapters/index.ts';
import { pendingLifeMs } from './authorization.ts';
import { siteCookie } from './cookies.ts';
import { oidcClientSchema } from './oidc-client.ts';
import { createOutbound } from './outbound.ts';
import { createPeople } from './people.ts';
import type { Person } from '../person.ts';
import { WebError } from '../web/problem.ts';
import { type RememberedLogin, rememberedLogins } from './remembered-logins.ts';
import { createSeal } from './seal.ts';
import { openSealedStore } from './sealed-store.ts';
import { sessionRecordSchema } from './session-record.ts';
import { pendingRecordSchema, sessionRoutes } from './session-routes.ts';
import { stateKey } from './state-key.ts';

/** What browser sessions are set up with. */
export interface SessionsConfig {
  /** The address that people open, whose origin the issuer sends them back to. */
  readonly baseUrl: string;
  /** Holds what is kept of sessions, encrypted; made when missing. */
  readonly stateFolder: string;
  /** 32 bytes in base64; absent: a key file in the state folder, made at the first start. */
  readonly stateKey?: string | undefined;
  /** Issuers and pods besides public https ones, such as those on this machine. Default: none. */
  readonly allowPrivate?: AllowPrivate;
  /** Logins that the login page offers to everybody, as a demo does. */
  readonly suggested?: readonly RememberedLogin[];
  /** UTC epoch milliseconds. */
  readonly now?: () => number;
}

/** Browser sessions: who is logged in, and the pages to log in and out. */
export interface Sessions {
  /** Login, callback, logout, choice of storage, Client ID Document. Mount it at the site's root. */
  routes(): Router;
  /** Who sends this request, or nobody. Cheap enough for every request. */
  currentPerson(request: Request): Promise<Person | undefined>;
  /** Lets requests of people pass; sends others to log in and back, or answers 401 to programs. */
  readonly requirePerson: RequestHandler;
  /** Ends the background renewal. Sessions stay. */
  close(): void;
}

// Issuers let a refresh token lapse a day after it was last renewed: stay well below that.
const renewEveryMs = 4 * 3_600_000;
const maintainEveryMs = 1_800_000;

/** Opens the sessions kept in a state folder. Several processes may share one. */
export async function createSessions(config: SessionsConfig): Promise<Sessions> {
  const { baseUrl, stateFolder } = config;
  const outbound = createOutbound(config.allowPrivate ?? false, config.now ?? Date.now);
  const { now } = outbound.around;
  const key = await stateKey(stateFolder, config.stateKey);
  const folder = (name: string): string => join(stateFolder, name);
  const records = await openSealedStore(folder('sessions'), key, sessionRecordSchema);
  const pending = await openSealedStore(folder('logins'), key, pendingRecordSchema);
  const registrations = await openSealedStore(folder('clients'), key, oidcClientSchema);
  const people = createPeople(records, outbound);
  const sessionCookie = siteCookie('session', baseUrl);

  const currentPerson = async (request: Request): Promise<Person | undefined> => {
    const id = sessionCookie.read(request);
    return id === undefined ? undefined : people.find(id);
  };
  const maintain = async (): Promise<void> => {
    const nowMs = now();
    await pending.sweep(({ login }) => nowMs - login.startedMs > pendingLifeMs);
    await records.sweep(({ grant }) => (grant.connectedUntilMs ?? nowMs) < nowMs);
    await people.renewAll(renewEveryMs);
  };
  const quietly = (): void => void maintain().catch(() => undefined);
  quietly();
  const timer = setInterval(quietly, maintainEveryMs).unref();

  return {
    routes: () =>
      sessionRoutes({
        baseUrl,
        around: outbound.around,
        currentPerson,
        people,
        stores: { records, pending, registrations },
        cookies: { session: sessionCookie, login: siteCookie('login', baseUrl) },
        remembered: rememberedLogins(siteCookie('known', baseUrl), createSeal(key, 'cookies')),
        suggested: config.suggested ?? [],
      }),
    currentPerson,
    async requirePerson(request, response, next) {
      if ((await currentPerson(request)) !== undefined) return next();
      // Only what a link can repeat is worth coming back to.
      if (request.method !== 'GET' || request.accepts(['html', 'json']) !== 'html')
        return next(new WebError('WEB_LOGIN_REQUIRED'));
      response.redirect(303, `/login?returnTo=${encodeURIComponent(request.originalUrl)}`);
    },
    close: () => clearInterval(timer),
  };
}
