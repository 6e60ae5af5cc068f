import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import {
  type Sessions,
  type SessionsConfig,
  createSessions,
} from '../../../apps/shared/session/index.ts';
import { html } from '../../../apps/shared/web/html-handler.ts';
import { createWebsite } from '../../../apps/shared/web/website.ts';

/** A site with sessions and nothing else, on a port that stays while the process "restarts". */
export interface WellpodSite {
  readonly baseUrl: string;
  /** Forgets all that is in memory, as a killed process does, and starts over the same folder. */
  restart(change?: Partial<SessionsConfig>): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a site at `http://localhost:<port>/`, where `/me` answers with who is connected. */
export async function startSite(
  config: Omit<SessionsConfig, 'baseUrl'> & { readonly hostname?: string },
): Promise<WellpodSite> {
  let handle: RequestHandler = (_request, response) => void response.status(503).end();
  const server = createServer((request, response) => {
    express().use((...call) => handle(...call))(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const own = `http://${config.hostname ?? 'localhost'}:${port}/`;
  let sessions: Sessions | undefined;

  const boot = async (change: Partial<SessionsConfig> = {}): Promise<void> => {
    sessions?.close();
    const current = await createSessions({
      baseUrl: own,
      allowPrivate: ['localhost'],
      ...config,
      ...change,
    });
    sessions = current;
    const me = express.Router();
    const tell = html(async (request, response) => {
      const person = await current.currentPerson(request);
      response.json({
        webId: person?.webId,
        name: person?.name,
        storages: person?.pods.map(({ storageUrl }) => storageUrl),
        chosenStorage: person?.chosenStorage,
        connectedUntil: person?.connectedUntil?.toISOString(),
      });
      return undefined;
    });
    me.get('/me', current.requirePerson, tell);
    const write = html(async (request, response) => {
      const { url } = request.body as { url: string };
      const person = await current.currentPerson(request);
      const body = {
        bytes: new TextEncoder().encode('written in the session'),
        contentType: 'text/plain',
      };
      await person?.pods[0]?.pod.write(url, body);
      response.status(204).end();
      return undefined;
    });
    me.post('/write', express.urlencoded({ extended: false }), write);
    handle = createWebsite({
      baseUrl: own,
      routers: [current.routes(), me],
      currentPerson: (request) => current.currentPerson(request),
    });
  };
  await boot();

  return {
    baseUrl: own,
    restart: boot,
    async stop() {
      sessions?.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
