import { type Dispatcher, WebSocket } from 'undici';
import { z } from 'zod';
import { type PodEvent, PodError } from '../contract/index.ts';
import { linksOf } from './links.ts';
import { parseRdf } from './parse-rdf.ts';
import { send } from './send.ts';
import { NOTIFY, SOLID } from './terms.ts';

/** What a subscription needs. */
export interface ChannelOptions {
  readonly request: typeof fetch;
  /** The checked sockets for the address that the host names; @throws PodError for a forbidden one. */
  readonly dispatcherFor: (url: URL) => Dispatcher;
}

const subscriptionSchema = z.object({
  receiveFrom: z.url({ protocol: /^wss?$/ }),
  endAt: z.iso.datetime({ offset: true }).optional(),
});

/** A subscription of the Solid Notifications Protocol. */
export interface Channel {
  /** Capability URL of the WebSocket: whoever has it hears the topic. */
  readonly receiveFrom: string;
  /** UTC epoch milliseconds at which the host stops sending, where it says so. */
  readonly endAtMs?: number;
}

/**
 * Subscribes to a resource by WebSocketChannel2023
 * (https://solid.github.io/notifications/websocket-channel-2023).
 * @throws PodError `POD_UNSUPPORTED` when the host offers none.
 */
export async function subscribe(
  topic: string,
  { request }: ChannelOptions,
  signal: AbortSignal,
): Promise<Channel> {
  const service = await subscriptionService(topic, request, signal);
  const response = await send(request, service, {
    method: 'POST',
    headers: { 'content-type': 'application/ld+json', accept: 'application/ld+json' },
    body: JSON.stringify({
      '@context': ['https://www.w3.org/ns/solid/notification/v1'],
      type: NOTIFY.WebSocketChannel2023,
      topic,
    }),
    signal,
  });
  const answer = subscriptionSchema.safeParse(await response.json().catch(() => undefined));
  if (!answer.success) {
    throw new PodError('POD_UNSUPPORTED', 'The pod gave no address to listen at', { url: topic });
  }
  const { receiveFrom, endAt } = answer.data;
  return { receiveFrom, ...(endAt !== undefined && { endAtMs: Date.parse(endAt) }) };
}

async function subscriptionService(
  topic: string,
  request: typeof fetch,
  signal: AbortSignal,
): Promise<string> {
  const head = await send(request, topic, { method: 'HEAD', signal, accepted: [404] });
  const descriptionUrl = linksOf(head, topic).first(SOLID.storageDescription);
  if (descriptionUrl === undefined) throw noChannel(topic);
  const response = await send(request, descriptionUrl, {
    headers: { accept: 'text/turtle' },
    signal,
  });
  const quads = await parseRdf({
    url: descriptionUrl,
    contentType: response.headers.get('content-type') ?? '',
    body: response.body ?? new Blob([]).stream(),
  });
  const offered = quads.find(
    ({ subject, predicate, object }) =>
      predicate.value === NOTIFY.channelType &&
      object.value === NOTIFY.WebSocketChannel2023 &&
      subject.termType === 'NamedNode',
  );
  if (offered === undefined) throw noChannel(topic);
  return offered.subject.value;
}

const noChannel = (url: string): PodError =>
  new PodError('POD_UNSUPPORTED', 'The pod offers no notifications by WebSocket', { url });

/** How a listening ended: the host hung up, or it is time to renew. */
export type ListenEnd = 'closed' | 'renew';

/** What {@link listen} reports. */
export interface Listener {
  onOpen(): void;
  onEvent(event: PodEvent): void;
}

// Renewed this long before the host stops, so that the new channel is open in time.
const renewBeforeMs = 60_000;

// `setTimeout` takes 31 bits.
const longestTimerMs = 2 ** 31 - 1;

/** Listens to a channel until it closes, should be renewed, or `signal` aborts (then: `closed`). */
export async function listen(
  channel: Channel,
  { dispatcherFor }: ChannelOptions,
  { listener, signal }: { readonly listener: Listener; readonly signal: AbortSignal },
): Promise<ListenEnd> {
  const http = new URL(channel.receiveFrom.replace(/^ws/, 'http'));
  const socket = new WebSocket(channel.receiveFrom, { dispatcher: dispatcherFor(http) });
  return new Promise((resolve) => {
    const end = (how: ListenEnd): void => {
      clearTimeout(renewal);
      signal.removeEventListener('abort', stop);
      socket.close();
      resolve(how);
    };
    const stop = (): void => {
      end('closed');
    };
    const renewal = setTimeout(end, untilRenewal(channel), 'renew');
    signal.addEventListener('abort', stop);
    socket.addEventListener('open', () => {
      listener.onOpen();
    });
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      const event = parseNotification(data);
      if (event !== undefined) listener.onEvent(event);
    });
    socket.addEventListener('close', stop);
    socket.addEventListener('error', stop);
    if (signal.aborted) stop();
  });
}

function untilRenewal({ endAtMs }: Channel): number {
  if (endAtMs === undefined) return longestTimerMs;
  return Math.min(longestTimerMs, Math.max(1000, endAtMs - Date.now() - renewBeforeMs));
}

const kinds: ReadonlyMap<string, PodEvent['kind']> = new Map<string, PodEvent['kind']>([
  ['Create', 'created'],
  ['Update', 'updated'],
  ['Delete', 'deleted'],
  ['Add', 'created'],
  ['Remove', 'deleted'],
]);

const notificationSchema = z.object({
  type: z.union([z.string(), z.array(z.string())]),
  object: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]),
});

/** One ActivityStreams notification; of a container, `Add` and `Remove` name the member. */
export function parseNotification(data: unknown): PodEvent | undefined {
  const message = notificationSchema.safeParse(fromJson(data));
  if (!message.success) return undefined;
  const { type, object: url } = message.data;
  const kind = [type]
    .flat()
    .map((one) => kinds.get(one))
    .find((one) => one !== undefined);
  return kind === undefined ? undefined : { kind, url };
}

function fromJson(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : undefined;
  } catch {
    return undefined;
  }
}
