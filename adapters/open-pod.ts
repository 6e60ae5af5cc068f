import type { Dispatcher } from 'undici';
import { type PodAdapter, PodError } from './contract/index.ts';
import { cssAdapter } from './css/css-adapter.ts';
import { cssAccessSystem, isCss } from './css/detect-css.ts';
import { type HostFacts, hostFacts, unknownHost } from './solid-protocol/host-facts.ts';
import { guardedFetch, outboundConnections } from './wrappers/guarded-fetch.ts';
import type { AllowPrivate } from './wrappers/outbound-address.ts';
import { ownStorageFetch } from './wrappers/own-storage-fetch.ts';
import { type RetryOptions, retryingFetch } from './wrappers/retrying-fetch.ts';
import { type TimeoutOptions, timeoutFetch } from './wrappers/timeout-fetch.ts';

/** As whom to open a pod, and within which bounds. */
export interface OpenPodOptions {
  /** The session's fetch. Its token goes to the storage's origin alone. Absent: anonymous. */
  readonly fetch?: typeof fetch;
  /** The agent that `fetch` acts as; `setAccess` never locks it out. */
  readonly webId?: string;
  /** Destinations besides public https ones. Default: none. */
  readonly allowPrivate?: AllowPrivate;
  readonly retry?: RetryOptions;
  readonly timeouts?: TimeoutOptions;
  readonly signal?: AbortSignal;
}

/** What every host's adapter is made from. */
interface Connected {
  readonly storageUrl: string;
  readonly fetch: typeof fetch;
  readonly webId?: string;
  readonly dispatcherFor: (url: URL) => Dispatcher;
  readonly close: () => Promise<void>;
}

interface Host {
  readonly detects: (facts: HostFacts) => boolean;
  readonly open: (pod: Connected, facts: HostFacts) => PodAdapter;
}

/** The hosts, in the order in which they are looked for. Adding one is a line here. */
const hosts: readonly Host[] = [
  { detects: isCss, open: (pod, facts) => cssAdapter({ ...pod, access: cssAccessSystem(facts) }) },
];

// A pod's documents may be large; only profiles and the like have the guard's small default.
const storageLimits = { maxBodyBytes: 2 ** 30, totalTimeoutMs: 3_600_000 };

/**
 * Opens a storage with the adapter of the host that it runs on, which is found out without the
 * token.
 * @throws PodError `POD_UNSUPPORTED` for an unknown host, `POD_INVALID` for an address that must not
 * be reached, `POD_NOT_FOUND` when nothing is there.
 */
export async function openPod(
  storageUrl: string,
  options: OpenPodOptions = {},
): Promise<PodAdapter> {
  if (!URL.canParse(storageUrl)) {
    throw new PodError('POD_INVALID', "The storage's address is not a web address");
  }
  const root = new URL(storageUrl.endsWith('/') ? storageUrl : `${storageUrl}/`);
  const { allowPrivate = false, webId, signal } = options;
  const guard = { ...storageLimits, allowPrivate, headersTimeoutMs: 60_000 };
  const connections = outboundConnections(guard);
  const anonymous = guardedFetch(guard, connections);
  const patient = (inner: typeof fetch): typeof fetch =>
    retryingFetch(timeoutFetch(inner, options.timeouts), options.retry);

  const facts = await hostFacts(root.href, patient(anonymous), signal).catch(
    async (error: unknown) => {
      await connections.close();
      throw error;
    },
  );
  const host = hosts.find(({ detects }) => detects(facts));
  if (host === undefined) {
    await connections.close();
    throw unknownHost(facts);
  }
  const own =
    options.fetch && ownStorageFetch(options.fetch, { storages: [root.origin], anonymous });
  return host.open(
    {
      storageUrl: root.href,
      fetch: patient(own ?? anonymous),
      dispatcherFor: (url) => connections.dispatcherFor(url),
      close: () => connections.close(),
      ...(webId !== undefined && { webId }),
    },
    facts,
  );
}
