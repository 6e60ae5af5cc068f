import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Router } from 'express';
import type { CurrentPerson } from '../../../apps/shared/web/html-handler.ts';
import { createWebsite, type WebsiteOptions } from '../../../apps/shared/web/website.ts';

interface SiteParts {
  readonly routers?: readonly Router[];
  readonly currentPerson?: CurrentPerson;
  readonly report?: WebsiteOptions['report'];
}

/** Runs `use` against a website on a free loopback port. */
export async function withSite(
  { routers = [], currentPerson = () => undefined, report }: SiteParts,
  use: (baseUrl: string) => Promise<void>,
): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://localhost:${port}`;
  server.on(
    'request',
    createWebsite({
      baseUrl,
      routers,
      currentPerson,
      ...(report === undefined ? {} : { report }),
    }),
  );
  try {
    await use(baseUrl);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
}
