import type { Dispatcher } from 'undici';
import { type PodAdapter, defineAdapter } from '../contract/index.ts';
import { acpAccess, setAcpAccess } from '../solid-protocol/acp.ts';
import { resourceOperations } from '../solid-protocol/resource-operations.ts';
import { setWacAccess, wacAccess } from '../solid-protocol/wac.ts';
import { watchResource } from '../solid-protocol/watch.ts';
import { listMembers } from './list-members.ts';
import { rootGate } from './root-gate.ts';
import { writeExisting } from './write-existing.ts';

/** A storage on a Community Solid Server 7, as one agent sees it. */
export interface CssOptions {
  /** Root of the storage; ends in a slash. */
  readonly storageUrl: string;
  /** Acts as the agent, with the wrappers around it. */
  readonly fetch: typeof fetch;
  /** The agent that `fetch` acts as; absent for an anonymous visitor. */
  readonly webId?: string;
  /** The access system of the server. */
  readonly access: 'wac' | 'acp';
  /** Checked sockets for the notification channel. */
  readonly dispatcherFor: (url: URL) => Dispatcher;
  /** Ends the connections. */
  readonly close: () => Promise<void>;
}

/** The adapter for Community Solid Server 7 (tried with 7.2.0), with either access system. */
export function cssAdapter(options: CssOptions): PodAdapter {
  const { storageUrl, fetch: request, access, dispatcherFor, close } = options;
  const operations = resourceOperations(request);
  const root = rootGate(request, storageUrl);
  const accessOptions = {
    request,
    storageUrl,
    ...(options.webId !== undefined && { webId: options.webId }),
  };

  return defineAdapter({
    host: 'css',
    capabilities: {
      writeIfMatch: true,
      writeIfAbsent: true,
      readIfChanged: true,
      access,
      accessBeforeCreate: true,
      notifications: 'websocket',
      sparqlEndpoint: false,
    },
    ...operations,
    list: (container, call) => listMembers(operations.list(container, call)),

    write: (url, body, call = {}) =>
      root.write(url, () =>
        call.ifMatch === undefined
          ? operations.write(url, body, call)
          : writeExisting(request, url, { body, ...call }),
      ),
    remove: (url, call) => root.change(url, () => operations.remove(url, call)),

    access: (url, call) => (access === 'wac' ? wacAccess : acpAccess)(url, accessOptions, call),
    setAccess: (url, policy, call) =>
      root.change(url, () =>
        (access === 'wac' ? setWacAccess : setAcpAccess)(url, policy, {
          ...accessOptions,
          ...call,
        }),
      ),

    watch: (url, { signal }) =>
      watchResource(url, { request, dispatcherFor, pod: operations }, signal),
    close,
  });
}
