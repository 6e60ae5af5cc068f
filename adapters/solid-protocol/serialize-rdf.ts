import type { Quad } from '@rdfjs/types';
import { Writer } from 'n3';
import type { Body } from '../contract/index.ts';

/** A body ready for the wire. */
export interface Payload {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** The bytes of a body; RDF becomes Turtle. */
export async function payloadOf(body: Body): Promise<Payload> {
  if ('bytes' in body) return body;
  const quads: Quad[] = [];
  for await (const quad of body.quads) quads.push(quad);
  return {
    contentType: 'text/turtle',
    bytes: new TextEncoder().encode(await toTurtle(quads)),
  };
}

/** Quads as one Turtle document. */
export async function toTurtle(
  quads: readonly Quad[],
  prefixes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const writer = new Writer({ format: 'text/turtle', prefixes });
  writer.addQuads([...quads]);
  return new Promise((resolve, reject) => {
    writer.end((error: Error | null, text: string) => {
      if (error) reject(error);
      else resolve(text);
    });
  });
}
