import type { PodAdapter } from '../../adapters/contract/index.ts';

/** A disposable pod host: one module per host, which is also its jest `globalSetup`. */
export interface PodFixture {
  readonly host: string;
  /** Boots the host once per run, in jest's main process. */
  start(): Promise<Target>;
  stop(): Promise<void>;
  /** Connects to the running host, in a jest worker. */
  connect(target: Target): Promise<Connection>;
}

/** Where the running host is. `root` ends in a slash. */
export interface Target {
  readonly root: string;
  /** The agent that owns the storage. */
  readonly owner?: string;
  /** Another agent, who has nothing to do with it. */
  readonly stranger?: string;
}

/** The running host, as different people reach it. */
export interface Connection {
  /** The adapter under test, as the owner. */
  readonly owner: PodAdapter;
  /** The adapter as the other agent and as nobody, where the host knows people. */
  readonly stranger?: PodAdapter;
  readonly anonymous?: PodAdapter;
  /**
   * The second route by which facts are checked: plain fetches, where the host speaks HTTP. What the
   * adapter says about itself would only prove that it agrees with itself.
   */
  readonly raw?: { readonly owner: typeof fetch; readonly stranger: typeof fetch };
}

const started = ((globalThis as { podFixtures?: Set<PodFixture> }).podFixtures ??= new Set());

/**
 * The `globalSetup` of a host. Each host needs its own module for it: jest runs a setup file
 * once per path, however many projects name it.
 */
export function boots(fixture: PodFixture): () => Promise<void> {
  return async () => {
    process.env[`POD_TARGET_${fixture.host}`] = JSON.stringify(await fixture.start());
    started.add(fixture);
  };
}

/** The shared `globalTeardown`. */
export async function stopAll(): Promise<void> {
  const fixtures = [...started];
  started.clear();
  await Promise.all(fixtures.map((fixture) => fixture.stop()));
}
