import { join } from 'node:path';
import {
  type CommunityServer,
  type SeedAccount,
  startCommunityServer,
} from '../../../pod-fixtures/community-server/start.ts';
import { CliError } from '../cli-error.ts';
import { isSystemError } from '../../shared/session/system-error.ts';
import { type DemoPerson, demoPeople, hostsOf } from './demo-people.ts';

/** The two pod hosts of the demo. */
export interface DemoServers {
  /** WAC, at the demo's port + 1. */
  readonly first: CommunityServer;
  /** ACP, at the demo's port + 2. */
  readonly second: CommunityServer;
  stop(): Promise<void>;
}

/** Boots both hosts; `seed` makes the demo people's accounts and pods. */
export async function startDemoServers(options: {
  readonly folder: string;
  readonly port: number;
  readonly seed: boolean;
  readonly onProgress: (message: string) => void;
}): Promise<DemoServers> {
  const { folder, port, seed, onProgress } = options;
  onProgress('Starting the first pod host (Community Solid Server, WAC)');
  const first = await start({
    port: port + 1,
    access: 'wac',
    folder: join(folder, 'host-wac'),
    accounts: seed ? accountsOn('first', undefined) : [],
  });
  onProgress('Starting the second pod host (Community Solid Server, ACP)');
  const second = await start({
    port: port + 2,
    access: 'acp',
    folder: join(folder, 'host-acp'),
    accounts: seed ? accountsOn('second', first.baseUrl) : [],
  }).catch(async (error: unknown) => {
    await first.stop();
    throw error;
  });
  return {
    first,
    second,
    async stop() {
      await Promise.all([first.stop(), second.stop()]);
    },
  };
}

/** The WebID that the pod template makes. */
export function webIdOf(
  person: DemoPerson,
  servers: Pick<DemoServers, 'first' | 'second'>,
): string {
  return `${servers[person.home].baseUrl}${person.slug}/profile/card#me`;
}

/** The storage of a person on a host. */
export function storageOf(person: DemoPerson, server: CommunityServer): string {
  return `${server.baseUrl}${person.slug}/`;
}

function accountsOn(host: 'first' | 'second', firstBaseUrl: string | undefined): SeedAccount[] {
  return demoPeople
    .filter((person) => hostsOf(person).includes(host))
    .map((person) => ({
      email: person.email,
      password: person.password,
      pods: [
        {
          name: person.slug,
          personName: person.name,
          ...(person.home !== host && {
            webId: `${firstBaseUrl}${person.slug}/profile/card#me`,
          }),
        },
      ],
    }));
}

async function start(
  options: Parameters<typeof startCommunityServer>[0],
): Promise<CommunityServer> {
  return startCommunityServer(options).catch((cause: unknown) => {
    if (isSystemError(cause, 'EADDRINUSE')) throw portTaken(options.port, cause);
    throw cause;
  });
}

/** The one message for a port that something else listens on. */
export function portTaken(port: number | undefined, cause?: unknown): CliError {
  return new CliError(
    'unavailable',
    `Port ${port} is taken by another program. Choose another with --port (the demo uses that port and the two after it).`,
    { cause },
  );
}
