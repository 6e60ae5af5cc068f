import { randomUUID } from 'node:crypto';
import { afterAll, it } from '@jest/globals';
import { type Body, type Capabilities, PodError } from '../../adapters/contract/index.ts';
import type { PodAdapter, Representation } from '../../adapters/contract/index.ts';
import type { Connection, PodFixture, Target } from '../../pod-fixtures/hosts/fixture.ts';

declare const podHost: string;

const { fixture } = (await import(`../../pod-fixtures/hosts/${podHost}.ts`)) as {
  fixture: PodFixture;
};

/** Where the host is. */
export const target = JSON.parse(process.env[`POD_TARGET_${podHost}`] ?? 'null') as Target;

/** The host under test, as its people reach it. */
export const connection: Connection = await fixture.connect(target);

/** The adapter under test, opened as the pod's owner. */
export const pod: PodAdapter = connection.owner;

afterAll(async () => {
  const { owner, stranger, anonymous } = connection;
  await Promise.all([owner, stranger, anonymous].map(async (one) => one?.close()));
});

/** A container nothing else in this run uses, so tests need no clean-up and can run in any order. */
export const freshContainer = (): string => `${target.root}t-${randomUUID()}/`;

/** A URL in a container of its own. */
export const freshUrl = (name = 'doc.ttl'): string => `${freshContainer()}${name}`;

/** A body of plain text. */
export const text = (value: string, contentType = 'text/plain'): Body => ({
  bytes: new TextEncoder().encode(value),
  contentType,
});

/** The whole body of a representation, as text. */
export const textOf = async (found: Representation): Promise<string> =>
  new Response(found.bytes()).text();

/** Everything that an iterable yields (`Array.fromAsync` is not in Node 20). */
export async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The error that a call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<PodError> {
  try {
    await call;
  } catch (error) {
    if (PodError.is(error)) return error;
    throw error;
  }
  throw new Error('The call did not fail');
}

/** A plain GET as the owner, past the adapter. */
export async function rawGet(url: string): Promise<Response> {
  if (connection.raw === undefined) throw new Error('This host does not speak HTTP');
  return connection.raw.owner(url);
}

/** True when the host speaks HTTP, and so has a second route. */
export const speaksHttp = connection.raw !== undefined;

type Can = (capabilities: Capabilities) => boolean;

/** A test for hosts that have the capability; elsewhere it is reported as skipped. */
export function itCan(can: Can, name: string, body: () => Promise<void>): void {
  (can(pod.capabilities) ? it : it.skip)(name, body);
}

/** A test for hosts that lack it: the contract says such calls are refused, never ignored. */
export function itCannot(can: Can, name: string, body: () => Promise<void>): void {
  (can(pod.capabilities) ? it.skip : it)(name, body);
}
