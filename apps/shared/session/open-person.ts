import { type PodAdapter, PodError, defineAdapter, openPod } from '../../../adapters/index.ts';
import type { GrantKeeper } from './grant-keeper.ts';
import { hostOf } from './http.ts';
import type { Outbound } from './outbound.ts';
import type { Person } from '../person.ts';
import { sessionFetch } from './session-fetch.ts';
import type { SessionRecord } from './session-record.ts';

/** A person, and whether a pod of theirs did not answer and should be opened again soon. */
export interface OpenedPerson {
  readonly person: Person;
  readonly isComplete: boolean;
}

/**
 * Opens every storage of a session's record. One that does not answer becomes a pod whose calls
 * fail as `POD_UNAVAILABLE`, so that the others can be used.
 */
export async function openPerson(
  record: SessionRecord,
  keeper: GrantKeeper,
  outbound: Outbound,
): Promise<OpenedPerson> {
  const { grant, storages, name } = record;
  const session = {
    // `openPod` lets it carry the token to the origin of its storage alone.
    fetch: sessionFetch(keeper, outbound.pods),
    webId: grant.webId,
    allowPrivate: outbound.allowPrivate,
  };
  let isComplete = true;
  const open = async (storageUrl: string): Promise<PodAdapter> => {
    try {
      return await openPod(storageUrl, session);
    } catch (cause) {
      isComplete = false;
      return closedPod(storageUrl, cause);
    }
  };
  const labels = labelsOf(storages);
  const pods = await Promise.all(
    storages.map(async (storageUrl, index) => ({
      name: labels[index] ?? storageUrl,
      storageUrl,
      webId: grant.webId,
      pod: await open(storageUrl),
    })),
  );
  const person: Person = {
    webId: grant.webId,
    ...(name !== undefined && { name }),
    issuer: grant.issuer,
    pods,
    chosenStorage: chosenStorage(record),
    ...(grant.connectedUntilMs !== undefined && {
      connectedUntil: new Date(grant.connectedUntilMs),
    }),
  };
  return { person, isComplete };
}

/** The storage that imports go to: the chosen one, while the profile still has it. */
export function chosenStorage({ storages, chosenStorage: chosen }: SessionRecord): string {
  const [first] = storages;
  if (first === undefined) throw new Error('A session has at least one storage');
  return chosen !== undefined && storages.includes(chosen) ? chosen : first;
}

/** A short name for each storage: its host, with the path where two share a host. */
export function labelsOf(storages: readonly string[]): readonly string[] {
  return storages.map((storage) => {
    const host = hostOf(storage);
    const isShared = storages.filter((other) => hostOf(other) === host).length > 1;
    return isShared ? `${host}${new URL(storage).pathname}` : host;
  });
}

function closedPod(storageUrl: string, cause: unknown): PodAdapter {
  const fail = (): Promise<never> => Promise.reject(unavailable(storageUrl, cause));
  return defineAdapter({
    host: 'unreachable',
    capabilities: {
      writeIfMatch: false,
      writeIfAbsent: false,
      readIfChanged: false,
      access: 'none',
      accessBeforeCreate: false,
      notifications: 'none',
      sparqlEndpoint: false,
    },
    read: fail,
    write: fail,
    remove: fail,
    // oxlint-disable-next-line require-yield
    list: async function* () {
      throw unavailable(storageUrl, cause);
    },
    querySource: fail,
  });
}

function unavailable(url: string, cause: unknown): PodError {
  if (PodError.is(cause)) return cause;
  return new PodError('POD_UNAVAILABLE', 'The storage does not answer', { url, cause });
}
