import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { afterEach } from '@jest/globals';

/** A real server on loopback that remembers what it was asked. */
export interface TestServer {
  /** Ends in a slash. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
});

/** Starts a server, which is stopped after the test. */
export async function serve(
  listener: RequestListener = (_, response) => response.end('ok'),
): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    requests.push({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
    });
    listener(request, response);
  });
  running.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return { url: `http://localhost:${address.port}/`, port: address.port, requests };
}
