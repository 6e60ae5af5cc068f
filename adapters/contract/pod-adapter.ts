import type { Quad, Source } from '@rdfjs/types';
import type { AccessPolicy } from './access.ts';

/** What a pod host can do. Plain data: printed in the capability matrix, read by the suite. */
export interface Capabilities {
  readonly writeIfMatch: boolean;
  readonly writeIfAbsent: boolean;
  /** Reading with a known ETag answers without the body when nothing changed. */
  readonly readIfChanged: boolean;
  readonly access: 'wac' | 'acp' | 'none';
  /** `setAccess` works on a resource that is not there yet, so that it is never exposed. */
  readonly accessBeforeCreate: boolean;
  /** How `watch` learns of changes; `direct`: the pod is in this process. */
  readonly notifications: 'websocket' | 'direct' | 'poll' | 'none';
  readonly sparqlEndpoint: boolean;
  readonly maxBodyBytes?: number;
}

/** A resource as read. The body is consumed at most once, by `quads` or by `bytes`. */
export interface Representation {
  readonly url: string;
  readonly contentType: string;
  readonly etag?: string;
  /** Parses the body as RDF. @throws PodError `POD_INVALID` when it is not. */
  quads(): AsyncIterable<Quad>;
  bytes(): ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** What to put in a resource: RDF, or bytes with their media type. */
export type Body =
  | { readonly quads: Iterable<Quad> | AsyncIterable<Quad> }
  | {
      readonly bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
      readonly contentType: string;
    };

/** Options every operation takes. */
export interface CallOptions {
  /** Aborting it rejects the call with the signal's own reason, not with a `PodError`. */
  readonly signal?: AbortSignal;
}

/** What a read prefers. */
export interface ReadOptions extends CallOptions {
  /** Media type to prefer, `text/turtle` when absent; other types are still accepted. */
  readonly accept?: string;
}

/** When a write may happen: always, only over this ETag, or only where nothing is. */
export interface WriteOptions extends CallOptions {
  readonly ifMatch?: string;
  readonly ifAbsent?: boolean;
}

/** A member of a container. */
export interface Entry {
  readonly url: string;
  readonly container: boolean;
  readonly sizeBytes?: number;
  /** UTC epoch milliseconds. */
  readonly modifiedMs?: number;
}

/** A change seen on a resource or container. */
export interface PodEvent {
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly url: string;
}

/** Where a query engine should look, cheapest first. */
export type QuerySource =
  | { readonly kind: 'sparql'; readonly endpoint: string; readonly fetch: typeof fetch }
  | { readonly kind: 'documents'; readonly urls: readonly string[]; readonly fetch: typeof fetch }
  | { readonly kind: 'rdfjs'; readonly source: Source };

/** One pod, reached as one agent. Every failure is a `PodError`. */
export interface PodAdapter {
  readonly contract: 1;
  readonly host: string;
  readonly capabilities: Capabilities;

  /** @throws PodError `POD_NOT_FOUND`, `POD_FORBIDDEN`. */
  read(url: string, options?: ReadOptions): Promise<Representation>;
  /** `undefined` when the resource still has this ETag; always a body where ETags can't be trusted. */
  readIfChanged(
    url: string,
    etag: string,
    options?: ReadOptions,
  ): Promise<Representation | undefined>;
  /** Creates missing containers on the way. @throws PodError `POD_PRECONDITION_FAILED`. */
  write(url: string, body: Body, options?: WriteOptions): Promise<{ readonly etag?: string }>;
  /** Resolves when the resource is gone, whether or not it was there. */
  remove(url: string, options?: CallOptions): Promise<void>;
  /** Yields direct members, in no promised order. @throws PodError `POD_NOT_FOUND`. */
  list(container: string, options?: CallOptions): AsyncIterable<Entry>;
  /** The access rules in force for a resource. */
  access(url: string, options?: CallOptions): Promise<AccessPolicy>;
  /** Replaces the access rules of a resource. @throws PodError `POD_INVALID` when the owner would
   *  be locked out, `POD_UNSUPPORTED` when the host cannot say a rule or `lossless` is false. */
  setAccess(url: string, policy: AccessPolicy, options?: CallOptions): Promise<void>;
  /** Ends when `signal` aborts. */
  watch(url: string, options: { readonly signal: AbortSignal }): AsyncIterable<PodEvent>;
  querySource(scope: string, options?: CallOptions): Promise<QuerySource>;
  close(): Promise<void>;
}
