import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileFunction } from 'node:vm';

/** Which access system a server runs: one server has exactly one. */
export type AccessSystem = 'wac' | 'acp';

/** A server that was put together but not started. */
export interface ServerApp {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes a server from the values of its configuration's variables. */
export type ServerFactory = (variables: Readonly<Record<string, unknown>>) => ServerApp;

/** What this file uses of Components.js, a dependency of the server's own. */
interface ComponentsJs {
  readonly ModuleStateBuilder: new () => {
    buildNodeModulePaths(imports: readonly string[]): Promise<readonly string[]>;
    buildModuleState(load: NodeJS.Require, folder: string): Promise<unknown>;
  };
  readonly ConstructionStrategyCommonJsString: new (options: {
    readonly asFunction: boolean;
    readonly req: NodeJS.Require;
  }) => {
    createPrimitive(options: { readonly value: unknown }): string;
    serializeDocument(name: string): string;
  };
  readonly ComponentsManager: {
    build(options: object): Promise<{
      readonly configRegistry: { register(path: string): Promise<void> };
      instantiate(iri: string, settings: object): Promise<string>;
    }>;
  };
}

const require = createRequire(import.meta.url);
const serverFolder = dirname(require.resolve('@solid/community-server/package.json'));
const serverRequire = createRequire(join(serverFolder, 'package.json'));
/** The stock accessor destroys documents when a client drops mid-PUT or the process dies. */
const atomicFiles = require.resolve('#root/pod-fixtures/community-server/atomic-files.json');

const factories = new Map<AccessSystem, Promise<ServerFactory>>();

/**
 * The server with the given access system and atomic files.
 * Reading its 500 component files takes 4 to 6 s each time; compiled to one script, kept in
 * `node_modules/.cache`, the same server is there in milliseconds.
 */
export function serverFactory(access: AccessSystem): Promise<ServerFactory> {
  let factory = factories.get(access);
  if (factory === undefined) {
    factory = loadFactory(access);
    factories.set(access, factory);
  }
  return factory;
}

async function loadFactory(access: AccessSystem): Promise<ServerFactory> {
  const { version } = serverRequire('./package.json') as { version: string };
  const cache = join(serverFolder, '../../.cache/wellpod');
  const recipe = createHash('sha256')
    .update(version)
    .update(await readFile(atomicFiles));
  const path = join(cache, `community-server-${access}-${recipe.digest('hex').slice(0, 16)}.cjs`);
  let script = await readFile(path, 'utf8').catch(() => undefined);
  if (script === undefined) {
    script = await compileConfiguration(access);
    await keep(cache, path, script);
  }
  const holder: { exports?: ServerFactory } = {};
  compileFunction(script, ['module', 'require'], { filename: path })(holder, serverRequire);
  if (holder.exports === undefined)
    throw new Error(`${path} is damaged: delete it and start again`);
  return holder.exports;
}

/** An install that can't be written to works all the same, only slower. */
async function keep(cache: string, path: string, script: string): Promise<void> {
  const unfinished = `${path}.${process.pid}`;
  await mkdir(cache, { recursive: true })
    .then(() => writeFile(unfinished, script))
    .then(() => rename(unfinished, path))
    .catch(() => undefined);
}

async function compileConfiguration(access: AccessSystem): Promise<string> {
  const components = serverRequire('componentsjs') as ComponentsJs;
  const builder = new components.ModuleStateBuilder();
  // Left to itself it scans every package, meets the other Comunica version of this install,
  // and goes to the network for its contexts.
  builder.buildNodeModulePaths = (imports) => Promise.resolve(imports);
  const strategy = new components.ConstructionStrategyCommonJsString({
    asFunction: true,
    req: serverRequire,
  });
  // Its own quoting leaves apostrophes and backslashes as they are.
  strategy.createPrimitive = ({ value }) => JSON.stringify(value);
  const manager = await components.ComponentsManager.build({
    mainModulePath: serverFolder,
    moduleState: await builder.buildModuleState(serverRequire, serverFolder),
    constructionStrategy: strategy,
    typeChecking: false,
    dumpErrorState: false,
  });
  const stock = access === 'wac' ? 'file.json' : 'file-acp.json';
  await manager.configRegistry.register(join(serverFolder, 'config', stock));
  await manager.configRegistry.register(atomicFiles);
  return strategy.serializeDocument(await manager.instantiate('urn:solid-server:default:App', {}));
}
