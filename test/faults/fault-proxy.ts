import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, buildConnector, fetch as undiciFetch } from 'undici';

/** What happens to one request on its way. */
export type Fault =
  | 'none'
  /** The connection breaks before the server has seen anything. */
  | 'drop'
  /** The connection breaks with half of the body sent. */
  | 'cut-request'
  /** The server does the work, and the answer is lost. */
  | 'lost-answer'
  /** The server does the work, and a gateway says 503. */
  | 'refused-after-work'
  /** 503 with `Retry-After: 0`; the server has seen nothing. */
  | 'busy'
  /** The connection breaks with half of the answer's body sent. */
  | 'cut-answer'
  /** Half of the answer's body, which says that it is all: no HTTP client can tell. */
  | 'short-answer'
  /** 507, as a server whose disk is full says; it has seen nothing. */
  | 'full'
  | 'delay';

/** A request, as far as a plan of faults may look at it. */
export interface PassingRequest {
  readonly method: string;
  readonly path: string;
  /** Counts from 0. */
  readonly number: number;
}

/** A way to a server on which requests get lost. */
export interface FaultProxy {
  /** Like the global `fetch`, but every connection goes through the proxy, whatever the URL says. */
  readonly fetch: typeof fetch;
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<Fault, number>;
  /** Decides from now on. */
  use(plan: (request: PassingRequest) => Fault): void;
  close(): Promise<void>;
}

/**
 * Stands between clients and the server at `baseUrl`. URLs stay those of the server, so that tokens
 * bound to a URL (DPoP, RFC 9449) stay valid; only the connection leads here.
 */
export async function startFaultProxy(baseUrl: string): Promise<FaultProxy> {
  const target = Number(new URL(baseUrl).port);
  const struck = new Map<Fault, number>();
  let plan: (request: PassingRequest) => Fault = () => 'none';
  let number = 0;

  const server = createServer((request, response) => {
    const fault = plan({ method: request.method ?? '', path: request.url ?? '', number: number++ });
    struck.set(fault, (struck.get(fault) ?? 0) + 1);
    handle(fault, target, request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  const connect = buildConnector({});
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connect({ ...options, hostname: '127.0.0.1', port: String(port) }, callback),
  });
  return {
    struck,
    // The types of undici's fetch and of the global one name the same things differently.
    fetch: ((input: string | URL, init?: RequestInit) =>
      undiciFetch(input, { ...(init as object), dispatcher })) as unknown as typeof fetch,
    use: (next) => {
      plan = next;
    },
    async close() {
      await dispatcher.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function handle(
  fault: Fault,
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request);
  if (fault === 'drop') {
    request.socket.destroy();
    return;
  }
  if (fault === 'busy') {
    refuse(response);
    return;
  }
  if (fault === 'full') {
    response.writeHead(507).end();
    return;
  }
  if (fault === 'cut-request') {
    await sendHalf(port, request, body);
    request.socket.destroy();
    return;
  }
  if (fault === 'delay') await pause(150);
  const answer = await forward(port, request, body);
  const content = await bodyOf(answer);
  if (fault === 'lost-answer') {
    request.socket.destroy();
  } else if (fault === 'refused-after-work') {
    refuse(response);
  } else {
    const half = content.subarray(0, content.length / 2);
    const sent = fault === 'short-answer' ? half : content;
    response.writeHead(answer.statusCode ?? 502, answerHeaders(answer, sent));
    if (fault !== 'cut-answer') response.end(sent);
    else response.write(half, () => request.socket.destroy());
  }
}

function refuse(response: ServerResponse): void {
  response.writeHead(503, { 'retry-after': '0' }).end();
}

function answerHeaders(answer: IncomingMessage, content: Buffer): OutgoingHttpHeaders {
  const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
  const empty = answer.statusCode === 204 || answer.statusCode === 304;
  return empty ? headers : { ...headers, 'content-length': content.length };
}

async function forward(
  port: number,
  request: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  const onward = httpRequest({
    host: 'localhost',
    port,
    method: request.method,
    path: request.url,
    headers: onwardHeaders(request, body),
  });
  onward.end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  return answer;
}

function onwardHeaders(request: IncomingMessage, body: Buffer): OutgoingHttpHeaders {
  const { 'transfer-encoding': _, connection: __, ...headers } = request.headers;
  return body.length === 0 ? headers : { ...headers, 'content-length': body.length };
}

/** Breaks off in the middle of the body, as a client that loses its network does. */
async function sendHalf(port: number, request: IncomingMessage, body: Buffer): Promise<void> {
  if (body.length < 2) return;
  const onward = httpRequest({
    host: 'localhost',
    port,
    method: request.method,
    path: request.url,
    headers: onwardHeaders(request, body),
  });
  onward.on('error', () => undefined);
  onward.write(body.subarray(0, body.length / 2));
  await pause(30);
  onward.destroy();
  await once(onward, 'close');
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
