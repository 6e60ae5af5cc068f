import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';

/** What to tell the person in the browser window that they came back in. */
export interface ReceiverAnswer {
  readonly status: number;
  readonly text: string;
}

type Take<T> = (
  returned: URLSearchParams,
) => Promise<{ readonly answer: ReceiverAnswer; readonly result?: T }>;

/** Waits on this machine for the browser to come back from the issuer (RFC 8252 §7.3). */
export interface LoopbackReceiver {
  readonly redirectUrl: string;
  /**
   * Hands each redirect to `take`, which answers the browser; resolves with its first `result`.
   * @throws the reason of the signal when that aborts.
   */
  receive<T>(take: Take<T>, signal: AbortSignal): Promise<T>;
  close(): void;
}

const path = '/callback';

/**
 * Listens on loopback only, under a literal address: a name could be made to lead elsewhere.
 * @throws with the system's `code` (`EADDRINUSE`) when the port is taken.
 */
export async function listenForRedirect(port = 0): Promise<LoopbackReceiver> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The port is not known');
  const origin = `http://127.0.0.1:${address.port}`;

  return {
    redirectUrl: origin + path,
    receive<T>(take: Take<T>, signal: AbortSignal) {
      return new Promise<T>((resolve, reject) => {
        const stop = (): void => reject(signal.reason);
        if (signal.aborted) return stop();
        signal.addEventListener('abort', stop, { once: true });
        const handle = async (
          request: IncomingMessage,
          response: ServerResponse,
        ): Promise<void> => {
          const url = new URL(request.url ?? '/', origin);
          if (request.method !== 'GET' || url.pathname !== path) {
            return say(response, { status: 404, text: 'Not here.' });
          }
          try {
            const { answer, result } = await take(url.searchParams);
            say(response, answer);
            if (result !== undefined) resolve(result);
          } catch (error) {
            say(response, { status: 500, text: 'Something went wrong. See the terminal.' });
            reject(error);
          }
        };
        server.on('request', (request, response) => void handle(request, response));
      });
    },
    close() {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function say(response: ServerResponse, { status, text }: ReceiverAnswer): void {
  response
    .writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    })
    .end(`${text}\n`);
}
