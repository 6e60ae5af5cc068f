import { createHash } from 'node:crypto';
import type { Quad } from '@rdfjs/types';
import { Store } from 'n3';
import {
  type Body,
  type Entry,
  type PodAdapter,
  PodError,
  type PodEvent,
  type Representation,
  type WriteOptions,
  defineAdapter,
} from '../contract/index.ts';
import { checkContainerUrl } from '../solid-protocol/container.ts';
import { encodeUrl } from '../solid-protocol/encode-url.ts';
import { eventQueue } from '../solid-protocol/event-queue.ts';
import { isRdf, parseRdf } from '../solid-protocol/parse-rdf.ts';
import { payloadOf } from '../solid-protocol/serialize-rdf.ts';
import { collectBytes } from '../wrappers/bytes.ts';

/** What a memory pod should be like. */
export interface MemoryOptions {
  /** All bytes together; a write past it fails with `POD_FULL`. Default: no limit. */
  readonly quotaBytes?: number;
  /** UTC epoch milliseconds. */
  readonly now?: () => number;
}

interface StoredResource {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly etag: string;
  readonly modifiedMs: number;
}

/** A pod in this process: for files that no pod is needed for, and for tests. */
export function memoryAdapter(options: MemoryOptions = {}): PodAdapter {
  const pod = memoryStore(options);

  return defineAdapter({
    host: 'memory',
    capabilities: {
      writeIfMatch: true,
      writeIfAbsent: true,
      readIfChanged: true,
      access: 'none',
      accessBeforeCreate: false,
      notifications: 'direct',
      sparqlEndpoint: false,
    },
    async read(url, call) {
      call?.signal?.throwIfAborted();
      return pod.get(encodeUrl(url));
    },
    async readIfChanged(url, etag, call) {
      call?.signal?.throwIfAborted();
      const found = pod.get(encodeUrl(url));
      return found.etag === etag ? undefined : found;
    },
    write: (url, body, call) => pod.put(encodeUrl(url), body, call),
    async remove(url, call) {
      call?.signal?.throwIfAborted();
      pod.remove(encodeUrl(url));
    },
    async *list(container, call) {
      call?.signal?.throwIfAborted();
      checkContainerUrl(container);
      yield* pod.members(encodeUrl(container));
    },
    watch: (url, { signal }) => pod.events(encodeUrl(url), signal),
    querySource: async (scope) => ({ kind: 'rdfjs', source: await pod.quads(encodeUrl(scope)) }),
  });
}

interface MemoryStore {
  get(url: string): Representation;
  put(url: string, body: Body, options?: WriteOptions): Promise<{ readonly etag: string }>;
  remove(url: string): void;
  members(container: string): readonly Entry[];
  events(url: string, signal: AbortSignal): AsyncIterable<PodEvent>;
  quads(scope: string): Promise<Store>;
}

function memoryStore({ quotaBytes = Infinity, now = Date.now }: MemoryOptions): MemoryStore {
  const resources = new Map<string, StoredResource>();
  const containers = new Set<string>();
  const watchers = new Set<(event: PodEvent) => void>();
  let writes = 0;

  const tell = (event: PodEvent): void => {
    for (const watcher of watchers) watcher(event);
  };
  const usedBytes = (): number =>
    [...resources.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);

  const store: MemoryStore = {
    get(url) {
      const found = resources.get(url);
      if (found !== undefined) return representation(url, found);
      return containerRepresentation(url, store.members(url));
    },

    async put(url, body, options = {}) {
      const { bytes: given, contentType } = await payloadOf(body);
      const bytes = await ownBytes(given);
      options.signal?.throwIfAborted();
      // From here on nothing waits, so that a condition still holds when the bytes are stored.
      const current = resources.get(url);
      if (!meets(current, options)) {
        throw new PodError(
          'POD_PRECONDITION_FAILED',
          'The resource is not in the state that was expected',
          { url },
        );
      }
      if (usedBytes() - (current?.bytes.byteLength ?? 0) + bytes.byteLength > quotaBytes) {
        throw new PodError('POD_FULL', 'The pod has no room for this', { url });
      }
      const etag = etagOf(bytes, contentType, ++writes);
      resources.set(url, { bytes, contentType, etag, modifiedMs: now() });
      for (const container of containersAbove(url)) containers.add(container);
      tell({ kind: current === undefined ? 'created' : 'updated', url });
      return { etag };
    },

    remove(url) {
      if (containers.has(url) && store.members(url).length > 0) {
        throw new PodError('POD_INVALID', 'The container is not empty', { url });
      }
      containers.delete(url);
      if (resources.delete(url)) tell({ kind: 'deleted', url });
    },

    members(container) {
      if (containers.has(container)) return membersOf(container, resources, containers);
      throw new PodError('POD_NOT_FOUND', 'There is nothing at this address of the pod', {
        url: container,
      });
    },

    async *events(url, signal) {
      const queue = eventQueue<PodEvent>();
      const watcher = (event: PodEvent): void => {
        if (event.url === url || (url.endsWith('/') && event.url.startsWith(url)))
          queue.push(event);
      };
      watchers.add(watcher);
      try {
        yield* queue.events(signal);
      } finally {
        watchers.delete(watcher);
      }
    },

    async quads(scope) {
      const source = new Store();
      for (const [url, found] of resources) {
        if (!url.startsWith(scope) || !isRdf(found.contentType)) continue;
        for await (const quad of representation(url, found).quads()) source.addQuad(quad);
      }
      return source;
    },
  };
  return store;
}

function meets(
  current: StoredResource | undefined,
  { ifMatch, ifAbsent = false }: WriteOptions,
): boolean {
  if (ifMatch !== undefined && current?.etag !== ifMatch) return false;
  return !ifAbsent || current === undefined;
}

/** A copy: the caller may go on to change its own array. */
async function ownBytes(
  given: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (given instanceof Uint8Array) return given.slice();
  return (await collectBytes(given, Infinity)) ?? new Uint8Array();
}

function etagOf(bytes: Uint8Array, contentType: string, write: number): string {
  const digest = createHash('sha256').update(contentType).update(bytes).digest('hex');
  return `"${write}-${digest.slice(0, 16)}"`;
}

function representation(url: string, found: StoredResource): Representation {
  const { bytes, contentType, etag } = found;
  const stream = (): ReadableStream<Uint8Array<ArrayBuffer>> => new Blob([bytes]).stream();
  return {
    url,
    contentType,
    etag,
    async *quads(): AsyncIterable<Quad> {
      yield* await parseRdf({ url, contentType, body: stream() });
    },
    bytes: stream,
  };
}

function containerRepresentation(url: string, children: readonly Entry[]): Representation {
  const turtle = children
    .map((child) => `<${url}> <http://www.w3.org/ns/ldp#contains> <${child.url}> .\n`)
    .join('');
  const bytes = new TextEncoder().encode(turtle);
  const contentType = 'text/turtle';
  return representation(url, {
    bytes,
    contentType,
    etag: etagOf(bytes, contentType, 0),
    modifiedMs: 0,
  });
}

function membersOf(
  container: string,
  resources: ReadonlyMap<string, StoredResource>,
  containers: ReadonlySet<string>,
): readonly Entry[] {
  const isChild = (url: string): boolean =>
    url.startsWith(container) && /^[^/]+\/?$/.test(url.slice(container.length));
  return [
    ...[...containers].filter(isChild).map((url) => ({ url, container: true })),
    ...[...resources].flatMap(([url, { bytes, modifiedMs }]) =>
      isChild(url) ? [{ url, container: false, sizeBytes: bytes.byteLength, modifiedMs }] : [],
    ),
  ];
}

function containersAbove(url: string): readonly string[] {
  const { origin, pathname } = new URL(url);
  const names = pathname.split('/').slice(1, -1);
  return [origin, ...names].map((_, level, parts) => `${parts.slice(0, level + 1).join('/')}/`);
}
