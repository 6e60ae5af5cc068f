import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openPod } from '../../adapters/index.ts';
import { wellnessContainer } from '../../apps/shared/catalog/index.ts';
import { loginFetch } from '../../pod-fixtures/community-server/client-credentials.ts';
import { startCommunityServer } from '../../pod-fixtures/community-server/start.ts';

/** An empty pod on a running server. */
export interface BenchPod {
  readonly storageUrl: string;
  readonly webId: string;
  /** Acts as the owner for ten minutes. */
  readonly fetch: typeof fetch;
}

/** A server in a process of its own, so that it doesn't share the client's event loop. */
export interface BenchServer {
  readonly pods: readonly BenchPod[];
  stop(): Promise<void>;
}

const account = { email: 'bench@example.org', password: 'bench' } as const;

/** Starts a server with some empty pods, kept in a temporary folder. */
export async function startBenchServer(podCount: number): Promise<BenchServer> {
  const names = Array.from({ length: podCount }, (_, index) => `bench-${index + 1}`);
  const child = fork(fileURLToPath(import.meta.url), ['serve', ...names], {
    // Standard output is for figures alone.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const [baseUrl] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the server did not start'))),
  ])) as [string];
  const pods = names.map(async (name): Promise<BenchPod> => {
    const storageUrl = `${baseUrl}${name}/`;
    const webId = `${storageUrl}profile/card#me`;
    return { storageUrl, webId, fetch: await loginFetch({ baseUrl, ...account, webId }) };
  });
  return {
    pods: await Promise.all(pods),
    async stop() {
      const exit = once(child, 'exit');
      child.send('stop');
      await exit;
    },
  };
}

/** The text of every document that an import wrote, in the order of the listing. */
export async function documentsOf({ storageUrl, webId, fetch }: BenchPod): Promise<string[]> {
  const pod = await openPod(storageUrl, {
    fetch,
    webId,
    allowPrivate: [new URL(storageUrl).origin],
  });
  const texts: string[] = [];
  for await (const container of pod.list(wellnessContainer(storageUrl))) {
    for await (const { url } of pod.list(container.url)) {
      texts.push(await (await fetch(url)).text());
    }
  }
  await pod.close();
  return texts;
}

async function serve(names: readonly string[]): Promise<void> {
  const server = await startCommunityServer({
    access: 'wac',
    accounts: [{ ...account, pods: names.map((name) => ({ name })) }],
  });
  process.on('message', () => {
    void server.stop().then(() => process.disconnect());
  });
  process.send?.(server.baseUrl);
}

if (process.argv[2] === 'serve') await serve(process.argv.slice(3));
