import { type Dispatcher, WebSocket } from 'undici';
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
  const answer: unknown = await response.json().catch(() => undefined);
  const { receiveFrom, endAt } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof receiveFrom !== 'string' || !/^wss?:/.test(receiveFrom)) {
    throw new PodError('POD_UNSUPPORTED', 'The pod gave no address to listen at', { url: topic });
  }
  const endAtMs = typeof endAt === 'string' ? Date.parse(endAt) : Number.NaN;
  return { receiveFrom, ...(!Number.isNaN(endAtMs) && { endAtMs }) };
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

const kinds: Readonly<Record<string, PodEvent['kind']>> = {
  Create: 'created',
  Update: 'updated',
  Delete: 'deleted',
  Add: 'created',
  Remove: 'deleted',
};

/** One ActivityStreams notification; of a container, `Add` and `Remove` name the member. */
export function parseNotification(data: unknown): PodEvent | undefined {
  if (typeof data !== 'string') return undefined;
  let message: Readonly<Record<string, unknown>>;
  try {
    message = JSON.parse(data) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
  const types = Array.isArray(message['type']) ? message['type'] : [message['type']];
  const type = types.find((one): one is string => typeof one === 'string' && one in kinds);
  const kind = type === undefined ? undefined : kinds[type];
  const { object } = message;
  const url =
    typeof object === 'object' && object !== null
      ? (object as Readonly<Record<string, unknown>>)['id']
      : object;
  return kind === undefined || typeof url !== 'string' ? undefined : { kind, url };
}
