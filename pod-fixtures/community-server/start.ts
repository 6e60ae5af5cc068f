import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessSystem, serverFactory } from './compiled-server.ts';
import { freePort } from './free-port.ts';
import { listenOnLoopback } from './loopback.ts';

/** An account of the server, made at its first start in a folder. */
export interface SeedAccount {
  readonly email: string;
  readonly password: string;
  /** `webId`: the owner, when the profile lives elsewhere; else the pod gets a profile of its own. */
  readonly pods: readonly {
    readonly name: string;
    readonly personName?: string;
    readonly webId?: string;
  }[];
}

export interface CommunityServerOptions {
  /** 0 or absent: a free one. */
  readonly port?: number;
  readonly access: AccessSystem;
  /** Where everything of this server is kept; absent: a temporary folder, removed at `stop`. */
  readonly folder?: string;
  readonly accounts?: readonly SeedAccount[];
  readonly logLevel?: 'error' | 'warn' | 'info';
}

/** A running Community Solid Server. `baseUrl` ends in a slash. */
export interface CommunityServer {
  readonly baseUrl: string;
  readonly folder: string;
  stop(): Promise<void>;
}

const require = createRequire(import.meta.url);

/**
 * Boots a Community Solid Server 7 in this process, on loopback, with atomic file storage.
 * @throws when the port is taken, with the system's `code` (`EADDRINUSE`).
 */
export async function startCommunityServer(
  options: CommunityServerOptions,
): Promise<CommunityServer> {
  const port = options.port || (await freePort());
  const baseUrl = `http://localhost:${port}/`;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'wellpod-css-')));
  await mkdir(join(folder, 'data'), { recursive: true });
  const seedConfig = join(folder, 'accounts.json');
  await writeFile(seedConfig, JSON.stringify(seed(options.accounts ?? [])), { mode: 0o600 });

  const createServer = await serverFactory(options.access);
  listenOnLoopback(serverPackage().ServerInitializer);
  const app = createServer(
    variables({
      port,
      baseUrl,
      seedConfig,
      socket: '',
      rootFilePath: join(folder, 'data'),
      loggingLevel: options.logLevel ?? 'error',
      showStackTrace: false,
      workers: 1,
      confirmMigration: false,
    }),
  );
  await app.start();
  // The passwords are in the server's own account store now, hashed.
  await rm(seedConfig);
  return {
    baseUrl,
    folder,
    async stop() {
      await app.stop();
      // The server's lock files may still be going.
      if (options.folder === undefined)
        await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** A CommonJS package whose types need a tree of their own: this is what is used of it here. */
function serverPackage(): { readonly ServerInitializer: Parameters<typeof listenOnLoopback>[0] } {
  return require('@solid/community-server') as ReturnType<typeof serverPackage>;
}

function variables(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      `urn:solid-server:default:variable:${name}`,
      value,
    ]),
  );
}

function seed(accounts: readonly SeedAccount[]): unknown {
  return accounts.map(({ email, password, pods }) => ({
    email,
    password,
    pods: pods.map(({ name, personName, webId }) => ({
      name,
      settings: {
        linkStorage: webId === undefined,
        ...(personName !== undefined && { name: personName }),
        ...(webId !== undefined && { webId }),
      },
    })),
  }));
}
