import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openMemoryPod, openPod } from '../../adapters/index.ts';
import { ImportError, importExport, type ImportReport } from '../../apps/connect/index.ts';
import { findContainers } from '../../apps/shared/catalog/index.ts';
import { loginFetch } from '../../pod-fixtures/community-server/client-credentials.ts';
import { importProviderItself } from '../../pod-fixtures/community-server/provider-import.ts';
import {
  type CommunityServer,
  startCommunityServer,
} from '../../pod-fixtures/community-server/start.ts';
import { generateSamples } from '../../pod-fixtures/samples/generate-samples.ts';
import { seededRandom } from '../../pod-fixtures/samples/seeded-random.ts';
import { decodeSeries, WELL } from '../../vocab/index.ts';
import {
  type Fault,
  type FaultProxy,
  type PassingRequest,
  startFaultProxy,
} from './fault-proxy.ts';
import { podContent } from './pod-content.ts';

// Beside other work on a small machine, the waits between attempts add up.
const patienceMs = 180_000;
const timeZone = 'Europe/Brussels';
const login = { email: 'ada@faults.example', password: 'not a secret' };
const scenarios: readonly { readonly name: string; readonly faults: readonly Fault[] }[] = [
  { name: 'broken', faults: ['drop', 'cut-request'] },
  { name: 'doubtful', faults: ['lost-answer', 'refused-after-work'] },
  { name: 'busy', faults: ['busy', 'cut-answer', 'delay'] },
];
const everyFault = scenarios.flatMap(({ faults }) => faults);
const names = [...scenarios.map(({ name }) => name), 'clean', 'full', 'short', 'torn', 'all'];

let server: CommunityServer;
let proxy: FaultProxy;
let folder: string;
/** One day, and the same with one more: they share every document. */
let exports: { readonly shorter: string; readonly longer: string };
/** Owners by the name of their pod, on a way without faults. */
const owners = new Map<string, typeof fetch>();
let clean: Map<string, string>;

beforeAll(async () => {
  importProviderItself();
  folder = await mkdtemp(join(tmpdir(), 'wellpod-faults-'));
  const exportUntil = async (until: string): Promise<string> => {
    const made = await generateSamples({ seed: 5, folder: join(folder, until), until });
    return made[0]?.path ?? '';
  };
  exports = { shorter: await exportUntil('2026-03-10'), longer: await exportUntil('2026-03-11') };
  server = await startCommunityServer({
    access: 'wac',
    accounts: [{ ...login, pods: names.map((name) => ({ name })) }],
  });
  proxy = await startFaultProxy(server.baseUrl);
  await importInto('clean', exports.longer, await ownerOf('clean'));
  clean = await contentOf('clean');
});

afterAll(async () => {
  await proxy.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const storageOf = (name: string): string => `${server.baseUrl}${name}/`;
const webIdOf = (name: string): string => `${storageOf(name)}profile/card#me`;

async function ownerOf(name: string): Promise<typeof fetch> {
  const known = owners.get(name);
  if (known !== undefined) return known;
  const made = await loginFetch({ ...login, baseUrl: server.baseUrl, webId: webIdOf(name) });
  owners.set(name, made);
  return made;
}

/** A hash for each document, so that a difference is told by its path and not by a month of text. */
async function contentOf(name: string): Promise<Map<string, string>> {
  const texts = await podContent(await ownerOf(name), storageOf(name));
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  return new Map([...texts].map(([path, text]) => [path, hash(text)]));
}

async function importInto(
  name: string,
  path: string,
  asOwner: typeof fetch,
): Promise<ImportReport> {
  const storageUrl = storageOf(name);
  const webId = webIdOf(name);
  const pod = await openPod(storageUrl, {
    fetch: asOwner,
    webId,
    allowPrivate: [new URL(storageUrl).origin],
    retry: { attempts: 4, baseDelayMs: 5 },
  });
  try {
    return await importExport(
      { path },
      { pod, storageUrl, webId },
      { timeZone, wait: () => pause(5) },
    );
  } finally {
    await pod.close();
  }
}

/** The owner of a pod, all of whose requests pass the proxy. */
const throughProxy = (name: string): Promise<typeof fetch> =>
  loginFetch({ ...login, baseUrl: server.baseUrl, webId: webIdOf(name) }, proxy.fetch);

/** Repeats a failed import as a user would; resolves to the failures. */
async function importUntilDone(
  name: string,
  path: string,
  asOwner: typeof fetch,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  while (failures.length < 12) {
    try {
      await importInto(name, path, asOwner);
      return failures;
    } catch (error) {
      failures.push(error);
      await expectNothingHalfWritten(name);
    }
  }
  throw new Error('the import never came to its end', { cause: failures.at(-1) });
}

/** Every document of readings that is there says all it should: count, digest and end fit. */
async function expectNothingHalfWritten(name: string): Promise<void> {
  const content = await podContent(await ownerOf(name), storageOf(name));
  for (const [path, text] of content) {
    if (!/\/(?:heart-rate|steps)\//.test(path)) continue;
    const url = `${storageOf(name)}${path}`;
    const series = decodeSeries(text.replaceAll('{storage}', storageOf(name)), url);
    expect(series.timesMs.length).toBeGreaterThan(0);
  }
}

/** Where the type index of a pod says that heart rates are. */
async function heartRateContainers(name: string): Promise<readonly string[]> {
  const storageUrl = storageOf(name);
  const pod = await openPod(storageUrl, {
    fetch: await ownerOf(name),
    webId: webIdOf(name),
    allowPrivate: [new URL(storageUrl).origin],
  });
  const containers = await findContainers({ pod, storageUrl, webId: webIdOf(name) });
  await pod.close();
  return containers.get(WELL.HeartRate.value) ?? [];
}

/** Strikes three requests in twenty; deterministic in the order of the requests. */
function sometimes(seed: number, faults: readonly Fault[]): (request: PassingRequest) => Fault {
  const random = seededRandom(seed, ...faults);
  return () => {
    const fault = faults[random.whole(0, faults.length - 1)] ?? 'none';
    return random.chance(0.15) ? fault : 'none';
  };
}

describe('import through a network that loses requests', () => {
  it.each(scenarios)(
    'ends in the same pod as a clean one: $faults',
    async ({ name, faults }) => {
      const asOwner = await throughProxy(name);
      proxy.use(sometimes(1, faults));
      const failures = [
        ...(await importUntilDone(name, exports.shorter, asOwner)),
        ...(await importUntilDone(name, exports.longer, asOwner)),
      ];
      for (const fault of faults) expect(proxy.struck.get(fault)).toBeGreaterThan(0);
      for (const failure of failures) expect(failure).toBeInstanceOf(ImportError);
      expect(await contentOf(name)).toEqual(clean);
      expect(await heartRateContainers(name)).toEqual([`${storageOf(name)}wellness/heart-rate/`]);
    },
    patienceMs,
  );

  it(
    'ends in the same pod as a clean one: all of these in turn',
    async () => {
      const asOwner = await throughProxy('all');
      proxy.use(sometimes(2, everyFault));
      await importUntilDone('all', exports.shorter, asOwner);
      await importUntilDone('all', exports.longer, asOwner);
      expect(await contentOf('all')).toEqual(clean);
    },
    patienceMs,
  );

  it('does not take an answer that was cut short for a damaged document', async () => {
    await importInto('short', exports.longer, await ownerOf('short'));
    const asOwner = await throughProxy('short');
    let cut = 0;
    // The first answer for each document of readings is short; nobody but its digest can tell.
    const seen = new Set<string>();
    proxy.use(({ method, path }) => {
      const isFirst = method === 'GET' && /\/(?:heart-rate|steps)\/.+\.ttl$/.test(path);
      if (!isFirst || seen.has(path)) return 'none';
      seen.add(path);
      cut += 1;
      return 'short-answer';
    });
    await importUntilDone('short', exports.shorter, asOwner);
    expect(cut).toBeGreaterThan(0);
    expect(await contentOf('short')).toEqual(clean);
  });

  it('keeps what is really cut short on the server, byte by byte, before it is replaced', async () => {
    const asOwner = await ownerOf('torn');
    await importInto('torn', exports.longer, asOwner);
    const path = 'wellness/steps/fitbit-5550100317_2026-03.ttl';
    const whole = await (await asOwner(storageOf('torn') + path)).text();
    const torn = whole.slice(0, whole.length / 2);
    const headers = { 'content-type': 'text/turtle' };
    await asOwner(storageOf('torn') + path, { method: 'PUT', headers, body: torn });
    const { warnings } = await importInto('torn', exports.longer, asOwner);
    const copy = /wellness\/damaged\/\S+\.txt/.exec(warnings.join())?.[0] ?? '';
    const kept = await asOwner(storageOf('torn') + copy);
    expect([kept.headers.get('content-type'), await kept.text()]).toEqual(['text/plain', torn]);
    const content = await contentOf('torn');
    content.delete(copy);
    expect(content).toEqual(clean);
  });
});

describe('import into a pod without room', () => {
  it('says so, leaves only whole documents, and goes on once there is room', async () => {
    const asOwner = await throughProxy('full');
    let writes = 0;
    proxy.use(({ method, path }) => {
      if (method !== 'PUT' || !path.includes('/wellness/') || !path.endsWith('.ttl')) return 'none';
      writes += 1;
      return writes > 2 ? 'full' : 'none';
    });
    const failed = importInto('full', exports.longer, asOwner);
    await expect(failed).rejects.toMatchObject({ code: 'IMPORT_POD_FULL' });
    await expect(failed).rejects.toThrow(/no room/);
    await expectNothingHalfWritten('full');

    proxy.use(() => 'none');
    await importInto('full', exports.longer, asOwner);
    expect(await contentOf('full')).toEqual(clean);
  });

  it('leaves what was there before in a store with a quota', async () => {
    const storageUrl = 'http://memory.example/full/';
    const pod = openMemoryPod({ quotaBytes: 9_000 });
    const note = `${storageUrl}note.txt`;
    const bytes = new TextEncoder().encode('kept');
    await pod.write(note, { bytes, contentType: 'text/plain' });
    const failed = importExport({ path: exports.longer }, { pod, storageUrl }, { timeZone });
    await expect(failed).rejects.toMatchObject({ code: 'IMPORT_POD_FULL' });
    const kept = await new Response((await pod.read(note)).bytes()).text();
    expect(kept).toBe('kept');
  });
});
