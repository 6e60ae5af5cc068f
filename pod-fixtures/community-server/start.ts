import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type AccessSystem, writeConfiguration } from './configuration.ts';
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

interface App {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What this file uses of `@solid/community-server`, a CommonJS package whose types need its own tree. */
interface ServerPackage {
  readonly AppRunner: new () => {
    create(input: {
      readonly config: string;
      readonly loaderProperties: object;
      readonly shorthand: Readonly<Record<string, string | number>>;
    }): Promise<App>;
  };
  readonly ServerInitializer: Parameters<typeof listenOnLoopback>[0];
}

const require = createRequire(import.meta.url);
const serverFolder = dirname(require.resolve('@solid/community-server/package.json'));

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
  const config = await writeConfiguration({ serverFolder, folder, access: options.access });
  const seedConfig = join(folder, 'accounts.json');
  await writeFile(seedConfig, JSON.stringify(seed(options.accounts ?? [])), { mode: 0o600 });

  const app = await createApp(config, {
    port,
    baseUrl,
    seedConfig,
    rootFilePath: join(folder, 'data'),
    loggingLevel: options.logLevel ?? 'error',
  });
  await app.start();
  // The passwords are in the server's own account store now, hashed.
  await rm(seedConfig);
  return {
    baseUrl,
    folder,
    async stop() {
      await app.stop();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

let moduleState: Promise<unknown> | undefined;

async function createApp(
  config: string,
  shorthand: Readonly<Record<string, string | number>>,
): Promise<App> {
  const server = require('@solid/community-server') as ServerPackage;
  listenOnLoopback(server.ServerInitializer);
  moduleState ??= buildModuleState();
  return new server.AppRunner().create({
    config,
    loaderProperties: { mainModulePath: serverFolder, moduleState: await moduleState },
    shorthand,
  });
}

/**
 * The component files of the server alone. Left to itself Components.js scans every package,
 * meets the other Comunica version of this install, and goes to the network for its contexts.
 */
async function buildModuleState(): Promise<unknown> {
  const { ModuleStateBuilder } = require(
    require.resolve('componentsjs', { paths: [serverFolder] }),
  ) as {
    ModuleStateBuilder: new () => {
      buildNodeModulePaths(imports: readonly string[]): Promise<readonly string[]>;
      buildModuleState(load: NodeJS.Require, folder: string): Promise<unknown>;
    };
  };
  const builder = new ModuleStateBuilder();
  builder.buildNodeModulePaths = (imports) => Promise.resolve(imports);
  return builder.buildModuleState(require, serverFolder);
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
