/** A chunk of a byte stream, typed: Node's streams say `any`. */
export function chunkBytes(chunk: unknown): Buffer {
  if (Buffer.isBuffer(chunk)) return chunk;
  if (chunk instanceof Uint8Array) return Buffer.from(chunk);
  throw new TypeError('a stream of bytes gave something else');
}

/** All bytes of a stream that is known to be short enough. */
export async function allBytes(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunkBytes(chunk));
  return Buffer.concat(chunks);
}
