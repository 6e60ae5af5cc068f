import type { PodAdapter } from '../../../adapters/contract/index.ts';
import type { SensedSeries } from '../../../vocab/index.ts';
import type { PlainQuad } from './term-codec.ts';

/** What a document holds: its readings in columns, and all other triples. */
export interface DocumentContent {
  readonly series?: SensedSeries;
  readonly quads: readonly PlainQuad[];
  /** Size of the body as it was sent. */
  readonly bytes: number;
}

interface CachedDocument {
  readonly etag: string;
  readonly content: DocumentContent;
}

/** Decoded documents in memory. What one session read is never given to another. */
export interface DocumentCache {
  get(pod: PodAdapter, url: string): CachedDocument | undefined;
  set(pod: PodAdapter, url: string, document: CachedDocument): void;
}

// Estimates: a reading in columns, and a plain triple with its strings.
const bytesPerReading = 14;
const bytesPerQuad = 300;

/**
 * Keeps the documents used last within a size. An adapter is a session: it holds the
 * authentication, so another person's, or another login's, finds nothing here.
 */
export function documentCache(maxBytes: number): DocumentCache {
  const entries = new Map<string, CachedDocument & { readonly cost: number }>();
  const sessions = new WeakMap<PodAdapter, number>();
  let sessionCount = 0;
  let total = 0;

  const keyOf = (pod: PodAdapter, url: string): string => {
    const session = sessions.get(pod) ?? ++sessionCount;
    sessions.set(pod, session);
    return `${session} ${url}`;
  };
  const drop = (key: string): void => {
    total -= entries.get(key)?.cost ?? 0;
    entries.delete(key);
  };
  return {
    get(pod, url) {
      const key = keyOf(pod, url);
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    set(pod, url, document) {
      const key = keyOf(pod, url);
      drop(key);
      const cost = costOf(document.content);
      if (cost > maxBytes) return;
      entries.set(key, { ...document, cost });
      total += cost;
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}

function costOf({ series, quads }: DocumentContent): number {
  return (series?.timesMs.length ?? 0) * bytesPerReading + quads.length * bytesPerQuad + 1_000;
}
