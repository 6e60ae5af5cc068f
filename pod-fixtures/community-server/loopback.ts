import { once } from 'node:events';
import type { Server } from 'node:http';

/** The part of the server's own `ServerInitializer` that opens the port. */
interface PortOpener {
  handle(): Promise<void>;
}

/** What `handle` uses of its instance. */
interface OpenerState {
  readonly serverFactory: { createServer(): Promise<Server> };
  readonly port: number;
  server?: Server;
}

/**
 * Makes every embedded server listen on loopback only, and report a port that is taken.
 * Community Solid Server 7 binds all interfaces and has no option for the host.
 */
export function listenOnLoopback(initializer: { readonly prototype: PortOpener }): void {
  initializer.prototype.handle = async function (this: PortOpener): Promise<void> {
    const state = this as unknown as OpenerState;
    state.server = await state.serverFactory.createServer();
    state.server.listen({ port: state.port, host: '127.0.0.1' });
    // `once` rejects on 'error', so EADDRINUSE reaches the caller instead of ending the process.
    await once(state.server, 'listening');
  };
}
