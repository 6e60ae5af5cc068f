import { createHash } from 'node:crypto';
import { PodError } from '../contract/index.ts';
import { type PutOptions, put, representation } from '../solid-protocol/resource-operations.ts';
import { send } from '../solid-protocol/send.ts';
import { payloadOf } from '../solid-protocol/serialize-rdf.ts';

/**
 * A write with `If-Match` that never brings back what somebody deleted. Community Solid Server 7.2
 * ignores `If-Match` where nothing is (RFC 9110 §13.1.1 asks for 412) and answers 201: what was
 * created is then removed again, if it is still ours.
 */
export async function writeExisting(
  request: typeof fetch,
  url: string,
  options: PutOptions,
): Promise<{ readonly etag?: string }> {
  const payload = await payloadOf(options.body);
  const digest = digesting(payload.bytes);
  const { response } = await put(request, url, {
    ...options,
    body: { bytes: digest.bytes, contentType: payload.contentType },
  });
  if (response.status !== 201) {
    const etag = response.headers.get('etag');
    return etag === null ? {} : { etag };
  }
  await removeOwn(request, url, { digest: digest.result(), contentType: payload.contentType });
  throw new PodError('POD_PRECONDITION_FAILED', 'The resource is gone', {
    url,
    status: response.status,
  });
}

async function removeOwn(
  request: typeof fetch,
  url: string,
  own: { readonly digest: string; readonly contentType: string },
): Promise<void> {
  const there = await send(request, url, {
    headers: { accept: `${own.contentType}, */*;q=0.1` },
    accepted: [404],
  });
  const etag = there.headers.get('etag');
  const hash = createHash('sha256');
  for await (const chunk of representation(there, url).bytes()) hash.update(chunk);
  if (there.status === 404 || etag === null || hash.digest('hex') !== own.digest) return;
  const removed = await send(request, url, {
    method: 'DELETE',
    headers: { 'if-match': etag },
    accepted: [404, 412],
  });
  await removed.body?.cancel();
}

type Bytes = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;

/** The same bytes, with their SHA-256 once they have all passed. */
function digesting(bytes: Bytes): { readonly bytes: Bytes; result(): string } {
  const hash = createHash('sha256');
  const result = (): string => hash.digest('hex');
  if (bytes instanceof Uint8Array) {
    hash.update(bytes);
    return { bytes, result };
  }
  const tap = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      hash.update(chunk);
      controller.enqueue(chunk);
    },
  });
  return { bytes: bytes.pipeThrough(tap), result };
}
