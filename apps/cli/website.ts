import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { join } from 'node:path';
import { pino } from 'pino';
import type { AllowPrivate } from '../../adapters/index.ts';
import { machineTimeZone, openSpoolFolder } from '../connect/index.ts';
import { connectRoutes } from '../connect/web/connect-routes.ts';
import { insightsRoutes } from '../insights/pages/insights-routes.ts';
import { createQuery } from '../shared/query/index.ts';
import { type RememberedLogin, createSessions } from '../shared/session/index.ts';
import { createWebsite } from '../shared/web/website.ts';

const longestUploadMs = 3_600_000;

/** What a website is run with. */
export interface WebsiteSettings {
  /** Address that people open it under, with a slash at the end. */
  readonly baseUrl: string;
  /** Address and port to listen on: behind a proxy they differ from `baseUrl`. */
  readonly host: string;
  readonly port: number;
  /** Holds encrypted session state and spooled uploads, nothing else. */
  readonly stateFolder: string;
  /** Issuers and pods besides public https ones. */
  readonly allowPrivate: AllowPrivate;
  readonly suggested?: readonly RememberedLogin[];
  readonly stateKey?: string | undefined;
}

/** A website that answers. */
export interface RunningWebsite {
  stop(): Promise<void>;
}

/**
 * Puts the pages of all apps together and listens.
 * @throws with the system's `code` (`EADDRINUSE`) when the port is taken.
 */
export async function startWebsite(settings: WebsiteSettings): Promise<RunningWebsite> {
  const { baseUrl, stateFolder, allowPrivate, suggested } = settings;
  const log = pino({ level: 'warn' }, pino.destination(2));
  const sessions = await createSessions({
    baseUrl,
    stateFolder,
    allowPrivate,
    stateKey: settings.stateKey,
    ...(suggested && { suggested }),
  });
  const openSpool = await openSpoolFolder(join(stateFolder, 'uploads'));
  const { currentPerson } = sessions;
  const connect = connectRoutes({ currentPerson, openSpool, timeZone: machineTimeZone() });
  const app = createWebsite({
    baseUrl,
    currentPerson,
    routers: [
      sessions.routes(),
      connect.router,
      insightsRoutes({ currentPerson, query: createQuery({ warmUp: true }) }),
    ],
    // The code alone: messages of unforeseen errors may hold an address or a name.
    report: ({ code }) => log.error({ code }, 'A request failed'),
  });
  // Node would cut off an upload after five minutes.
  const server = createServer({ requestTimeout: longestUploadMs }, app);
  server.listen({ port: settings.port, host: settings.host });
  await once(server, 'listening');
  return {
    async stop() {
      sessions.close();
      await connect.close();
      await close(server);
    },
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Progress streams stay open by design: they end with the process.
  server.closeAllConnections();
  await closed;
}
