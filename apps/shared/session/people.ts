import { type GrantKeeper, createGrantKeeper } from './grant-keeper.ts';
import { LoginFailure } from './login-failure.ts';
import { openPerson } from './open-person.ts';
import type { Outbound } from './outbound.ts';
import type { Person } from '../person.ts';
import type { SealedStore } from './sealed-store.ts';
import { type SessionRecord, grantInRecord } from './session-record.ts';

/** The people of the sessions in a store, opened once each and kept while nothing changes. */
export interface People {
  /**
   * The person of a session; `undefined` when there is no such session, or it has ended.
   * An issuer that is away for the moment ends nothing.
   */
  find(sessionId: string): Promise<Person | undefined>;
  forget(sessionId: string): void;
  /** Renews every session that was not renewed for this long. */
  renewAll(olderThanMs: number): Promise<void>;
}

interface OpenSession {
  readonly keeper: GrantKeeper;
  opened?: { readonly key: string; readonly untilMs: number; readonly person: Promise<Person> };
}

// A pod that was away is tried again soon; one that moved to another server, in a while.
const completeForMs = 900_000;
const incompleteForMs = 20_000;

/** Opens people from a store of session records. */
export function createPeople(records: SealedStore<SessionRecord>, outbound: Outbound): People {
  const { around } = outbound;
  const sessions = new Map<string, OpenSession>();
  const sessionOf = (id: string): OpenSession => {
    const known = sessions.get(id);
    if (known !== undefined) return known;
    const session = { keeper: createGrantKeeper(grantInRecord(records, id), around) };
    sessions.set(id, session);
    return session;
  };

  const open = (record: SessionRecord, session: OpenSession): Promise<Person> => {
    const key = JSON.stringify([record.storages, record.chosenStorage, record.name]);
    const { opened } = session;
    if (opened?.key === key && around.now() < opened.untilMs) return opened.person;
    const opening = openPerson(record, session.keeper, outbound);
    const person = opening.then((result) => {
      const lifeMs = result.isComplete ? completeForMs : incompleteForMs;
      session.opened = { key, untilMs: around.now() + lifeMs, person };
      return result.person;
    });
    session.opened = { key, untilMs: around.now() + incompleteForMs, person };
    return person;
  };

  return {
    async find(id) {
      const record = await records.read(id);
      if (record === undefined) {
        sessions.delete(id);
        return undefined;
      }
      const session = sessionOf(id);
      if (!(await isAlive(session.keeper))) {
        sessions.delete(id);
        return undefined;
      }
      return open(record, session);
    },
    forget: (id) => void sessions.delete(id),
    async renewAll(olderThanMs) {
      for (const id of await records.ids()) {
        await sessionOf(id).keeper.renewIfOlderThan(olderThanMs).catch(onlyLoginFailures);
      }
    },
  };
}

async function isAlive(keeper: GrantKeeper): Promise<boolean> {
  try {
    await keeper.fresh();
    return true;
  } catch (error) {
    onlyLoginFailures(error);
    return error instanceof LoginFailure && error.code !== 'session-ended';
  }
}

function onlyLoginFailures(error: unknown): void {
  if (!(error instanceof LoginFailure)) throw error;
}
