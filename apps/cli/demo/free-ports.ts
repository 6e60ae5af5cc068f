import { once } from 'node:events';
import { createServer } from 'node:net';
import { portTaken } from './demo-servers.ts';

/** Finds out before anything is started that a port is taken. @throws CliError. */
export async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  probe.listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(probe, 'listening');
  } catch (cause) {
    throw portTaken(port, cause);
  }
  probe.close();
  await once(probe, 'close');
}
