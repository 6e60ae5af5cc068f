import type {
  Body,
  CallOptions,
  Entry,
  PodAdapter,
  ReadOptions,
  Representation,
  WriteOptions,
} from '../contract/index.ts';
import { PodError } from '../contract/index.ts';
import { checkContainerUrl, parseContainer } from './container.ts';
import { encodeUrl } from './encode-url.ts';
import { parseRdf } from './parse-rdf.ts';
import { send } from './send.ts';
import { payloadOf } from './serialize-rdf.ts';

/** The operations every Solid host shares, over one agent's fetch. */
export type ResourceOperations = Pick<
  PodAdapter,
  'read' | 'readIfChanged' | 'write' | 'remove' | 'list' | 'querySource'
>;

/** Reading, writing and listing by the Solid Protocol (https://solidproject.org/TR/protocol). */
export function resourceOperations(request: typeof fetch): ResourceOperations {
  return {
    read: async (url, options) => representation(await get(request, url, options), url),

    async readIfChanged(url, etag, options) {
      const response = await get(request, url, { ...options, etag });
      if (response.status !== 304) return representation(response, url);
      await response.body?.cancel();
      return undefined;
    },

    async write(url, body, options = {}) {
      const { response } = await put(request, url, { body, ...options });
      const etag = response.headers.get('etag');
      return etag === null ? {} : { etag };
    },

    async remove(url, options = {}) {
      const response = await send(request, url, {
        method: 'DELETE',
        signal: options.signal,
        accepted: [404, 410],
      });
      await response.body?.cancel();
    },

    list: (container, options) => list(request, container, options),

    querySource: (scope) =>
      Promise.resolve({ kind: 'documents', urls: [scope], fetch: request } as const),
  };
}

async function get(
  request: typeof fetch,
  url: string,
  { accept = 'text/turtle', signal, etag }: ReadOptions & { readonly etag?: string } = {},
): Promise<Response> {
  return send(request, url, {
    headers: {
      // The wildcard matters: asked for Turtle alone, CSS 7 answers 501 for a text/plain resource.
      accept: accept === '*/*' ? accept : `${accept}, */*;q=0.1`,
      ...(etag !== undefined && { 'if-none-match': etag }),
    },
    signal,
    accepted: etag === undefined ? [] : [304],
  });
}

/** A response as the contract's representation; the body stays a stream until it is asked for. */
export function representation(response: Response, givenUrl: string): Representation {
  // One spelling for each resource, the one that listings use: IRIs are compared by characters.
  const url = encodeUrl(givenUrl);
  const etag = response.headers.get('etag');
  const contentType = response.headers.get('content-type') ?? 'application/octet-stream';
  const body = (): ReadableStream<Uint8Array<ArrayBuffer>> => {
    if (response.bodyUsed) throw new PodError('POD_INVALID', 'The body was read before', { url });
    return response.body ?? new Blob([]).stream();
  };
  return {
    url,
    contentType,
    ...(etag !== null && { etag }),
    async *quads() {
      // Relative IRIs are about the resource, not about a file name behind a redirect.
      yield* await parseRdf({ url, contentType, body: body() });
    },
    bytes: body,
  };
}

/** A write with its conditions. */
export interface PutOptions extends WriteOptions {
  readonly body: Body;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a PUT; Solid hosts create the containers on the way (Solid Protocol §5.3). */
export async function put(
  request: typeof fetch,
  url: string,
  { body, ifMatch, ifAbsent = false, signal, headers }: PutOptions,
): Promise<{ readonly response: Response }> {
  const payload = await payloadOf(body);
  const response = await send(request, url, {
    method: 'PUT',
    headers: {
      'content-type': payload.contentType,
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      ...(ifAbsent && { 'if-none-match': '*' }),
      ...headers,
    },
    body: payload.bytes,
    signal,
  });
  await response.body?.cancel();
  return { response };
}

async function* list(
  request: typeof fetch,
  container: string,
  options: CallOptions = {},
): AsyncIterable<Entry> {
  checkContainerUrl(container);
  const response = await get(request, container, options);
  yield* parseContainer(await collect(representation(response, container)), container);
}

async function collect(found: Representation): Promise<Parameters<typeof parseContainer>[0]> {
  const quads = [];
  for await (const quad of found.quads()) quads.push(quad);
  return quads;
}
