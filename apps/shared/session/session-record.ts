import { z } from 'zod';
import type { ConfirmedLogin } from './finish-login.ts';
import { type Grant, grantSchema } from './grant.ts';
import type { GrantRecord } from './grant-keeper.ts';
import type { SealedStore } from './sealed-store.ts';

/** A logged-in session as it is kept, encrypted. */
export interface SessionRecord {
  readonly grant: Grant;
  readonly name?: string | undefined;
  readonly storages: readonly string[];
  /** Absent until the person chose among several. */
  readonly chosenStorage?: string | undefined;
  readonly loggedInMs: number;
}

/** What a stored `SessionRecord` looks like. */
export const sessionRecordSchema: z.ZodType<SessionRecord> = z.object({
  grant: grantSchema,
  name: z.string().optional(),
  storages: z.array(z.string()).min(1),
  chosenStorage: z.string().optional(),
  loggedInMs: z.number(),
});

/** The record of a login that has just succeeded. */
export function newSessionRecord(login: ConfirmedLogin, nowMs: number): SessionRecord {
  const [first, ...others] = login.storages;
  return {
    ...login,
    loggedInMs: nowMs,
    ...(others.length === 0 && { chosenStorage: first }),
  };
}

/** Changes a record, and nothing when it is gone meanwhile. */
export async function updateRecord(
  store: SealedStore<SessionRecord>,
  id: string,
  change: Partial<SessionRecord>,
): Promise<void> {
  await store.locked(id, async () => {
    const record = await store.read(id);
    if (record !== undefined) await store.write(id, { ...record, ...change });
  });
}

/** Removes a record, after any renewal of it that is under way: that would write it once more. */
export async function takeRecord(
  store: SealedStore<SessionRecord>,
  id: string,
): Promise<SessionRecord | undefined> {
  return store.locked(id, async () => {
    const record = await store.read(id);
    await store.remove(id);
    return record;
  });
}

/** The grant inside a session's record, as its keeper sees it. */
export function grantInRecord(store: SealedStore<SessionRecord>, id: string): GrantRecord {
  return {
    read: async () => (await store.read(id))?.grant,
    async write(grant) {
      const record = await store.read(id);
      if (record !== undefined) await store.write(id, { ...record, grant });
    },
    remove: () => store.remove(id),
    locked: (task) => store.locked(id, task),
  };
}
