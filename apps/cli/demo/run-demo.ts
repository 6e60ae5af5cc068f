import { join } from 'node:path';
import type { RunningWebsite } from '../website.ts';
import { isSystemError } from '../../shared/session/system-error.ts';
import { startWebsite } from '../website.ts';
import { type OwnExport, importOwn, importSamples } from './demo-imports.ts';
import { type DemoPerson, demoPeople } from './demo-people.ts';
import { type DemoPods, linkStorages, openDemoPods } from './demo-pods.ts';
import { type DemoServers, portTaken, startDemoServers, webIdOf } from './demo-servers.ts';
import { openDemoState, saveDemoState } from './demo-state.ts';
import { requireFreePort } from './free-ports.ts';

export interface DemoOptions {
  readonly folder: string;
  readonly port: number;
  readonly fresh: boolean;
  readonly own?: OwnExport;
  readonly say: (line: string) => void;
}

/** A demo that is up. */
export interface RunningDemo {
  stop(): Promise<void>;
}

/**
 * Boots the pod hosts, makes the demo people at the first start, imports what is to be imported,
 * and starts the website. @throws CliError for a port or folder that can't be used, ImportError.
 */
export async function runDemo(options: DemoOptions): Promise<RunningDemo> {
  const { folder, port, say, own } = options;
  for (const offset of [0, 1, 2]) await requireFreePort(port + offset);
  let state = await openDemoState(options);
  const servers = await startDemoServers({ folder, port, seed: !state.seeded, onProgress: say });
  try {
    if (!state.seeded) {
      state = { ...state, seeded: true };
      await saveDemoState(folder, state);
    }
    if (own !== undefined || !state.prepared) {
      await prepare({ servers, folder, own, prepared: state.prepared, say });
      await saveDemoState(folder, { ...state, prepared: true });
    }
    const website = await openWebsite(options, servers);
    say(welcome(options, servers));
    return {
      async stop() {
        await website.stop();
        await servers.stop();
      },
    };
  } catch (error) {
    await servers.stop();
    throw error;
  }
}

interface Preparation {
  readonly servers: DemoServers;
  readonly folder: string;
  readonly own: OwnExport | undefined;
  readonly prepared: boolean;
  readonly say: (line: string) => void;
}

async function prepare({ servers, folder, own, prepared, say }: Preparation): Promise<void> {
  const pods = new Map<DemoPerson, DemoPods>();
  for (const person of demoPeople) {
    const opened = await openDemoPods(person, servers);
    await linkStorages(person, opened);
    pods.set(person, opened);
  }
  const podsOf = (person: DemoPerson): DemoPods => pods.get(person) ?? {};
  if (own !== undefined) {
    say(`Importing ${own.path} into ${demoPeople[0].name}'s pod`);
    await importOwn(own, podsOf);
  } else if (!prepared) {
    say('Importing a month of synthetic data for each person');
    await importSamples(folder, podsOf);
  }
}

async function openWebsite(
  { folder, port }: DemoOptions,
  servers: DemoServers,
): Promise<RunningWebsite> {
  const hosts = [servers.first, servers.second].map(({ baseUrl }) => new URL(baseUrl).host);
  return startWebsite({
    baseUrl: `http://localhost:${port}/`,
    host: '127.0.0.1',
    port,
    stateFolder: join(folder, 'website'),
    // The demo's own hosts: a profile there may not lead anywhere else on this machine.
    allowPrivate: hosts,
    suggested: demoPeople.map((person) => ({
      who: webIdOf(person, servers),
      label: `${person.name}, of the demo`,
    })),
  }).catch((cause: unknown) => {
    if (isSystemError(cause, 'EADDRINUSE')) throw portTaken(port, cause);
    throw cause;
  });
}

function welcome({ port, own }: DemoOptions, servers: DemoServers): string {
  const [ada] = demoPeople;
  const logins = demoPeople.map(
    (person) =>
      `  ${person.name.padEnd(5)} ${person.email.padEnd(22)} password ${person.password.padEnd(10)} ${webIdOf(person, servers)}`,
  );
  return [
    '',
    `Ready: http://localhost:${port}/`,
    '',
    `  Pod host with WAC  ${servers.first.baseUrl}`,
    `  Pod host with ACP  ${servers.second.baseUrl}`,
    '',
    ...logins,
    '',
    `  1. Open http://localhost:${port}/ and choose ${ada.name}.`,
    `  2. Log in at the host with the e-mail and password above, and allow Wellpod.`,
    own === undefined
      ? `  3. Look at Today, then at Blend: ${ada.name}'s Fitbit and Empatica data are on different hosts.`
      : `  3. Your export is in ${ada.name}'s pod on the first host: look at Today.`,
    '',
    'Ctrl-C stops it. What was imported is kept for the next start.',
  ].join('\n');
}
