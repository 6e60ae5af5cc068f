import { join } from 'node:path';
import type { AllowPrivate } from '../../../adapters/index.ts';
import { type ConfirmedLogin, confirmGrant } from './finish-login.ts';
import type { Grant } from './grant.ts';
import { type GrantRecord, createGrantKeeper } from './grant-keeper.ts';
import { LoginFailure } from './login-failure.ts';
import { type OidcClient, oidcClientSchema } from './oidc-client.ts';
import { openPerson } from './open-person.ts';
import { type Outbound, createOutbound } from './outbound.ts';
import type { Person } from '../person.ts';
import { type ClientCredentials, credentialsGrant } from './renew-grant.ts';
import { revokeGrant } from './revoke-grant.ts';
import { type SealedStore, openSealedStore } from './sealed-store.ts';
import {
  type SessionRecord,
  grantInRecord,
  newSessionRecord,
  sessionRecordSchema,
  takeRecord,
} from './session-record.ts';
import { stateKey } from './state-key.ts';

/** Where a terminal's login is kept, and what it may reach. */
export interface TerminalState {
  readonly stateFolder: string;
  readonly stateKey?: string | undefined;
  /** Issuers and pods besides public https ones. Default: none. */
  readonly allowPrivate?: AllowPrivate | undefined;
  /** UTC epoch milliseconds. */
  readonly now?: () => number;
}

/** The stores and connections of a `TerminalState`. */
export interface TerminalStore {
  readonly records: SealedStore<SessionRecord>;
  readonly registrations: SealedStore<OidcClient>;
  readonly outbound: Outbound;
}

/** One login for each state folder: that of the user of this machine. */
const recordId = 'terminal';

/** Opens the stores of a terminal's login. */
export async function openTerminalStore(state: TerminalState): Promise<TerminalStore> {
  const key = await stateKey(state.stateFolder, state.stateKey);
  const folder = (name: string): string => join(state.stateFolder, name);
  return {
    records: await openSealedStore(folder('terminal'), key, sessionRecordSchema),
    registrations: await openSealedStore(folder('clients'), key, oidcClientSchema),
    outbound: createOutbound(state.allowPrivate ?? false, state.now ?? Date.now),
  };
}

/** Keeps a login for the commands to come, in place of the one before. */
export async function storePerson(
  { records, outbound }: TerminalStore,
  login: ConfirmedLogin,
  chosenStorage?: string,
): Promise<Person> {
  const record = newSessionRecord(login, outbound.around.now());
  const chosen = chosenStorage === undefined ? record : { ...record, chosenStorage };
  await records.locked(recordId, () => records.write(recordId, chosen));
  return personOf(chosen, grantInRecord(records, recordId), outbound);
}

/**
 * The person whom `terminalLogin` or a kept `credentialsLogin` stored.
 * @throws LoginFailure `not-logged-in`, `session-ended`, `unreachable`.
 */
export async function openStoredPerson(state: TerminalState): Promise<Person> {
  const { records, outbound } = await openTerminalStore(state);
  const record = await records.read(recordId);
  if (record === undefined) throw new LoginFailure('not-logged-in');
  return personOf(record, grantInRecord(records, recordId), outbound);
}

/** Logs out: ends the tokens at the issuer, as far as it lets us, and removes them here. */
export async function forgetStored(
  state: TerminalState,
): Promise<{ readonly wasLoggedIn: boolean }> {
  const { records, outbound } = await openTerminalStore(state);
  const record = await takeRecord(records, recordId);
  if (record !== undefined) await revokeGrant(record.grant, outbound.around);
  return { wasLoggedIn: record !== undefined };
}

/**
 * Logs in without a person at hand, by client credentials. Nothing is stored unless `keep` says so.
 * @throws LoginFailure `credentials-refused`, `other-person`, `webid-not-confirmed`, `no-storage`,
 *   `not-an-issuer`, `unreachable`.
 */
export async function credentialsLogin(
  credentials: ClientCredentials,
  state: TerminalState,
  options: { readonly keep?: boolean } = {},
): Promise<Person> {
  if (options.keep === true) {
    const store = await openTerminalStore(state);
    const { around } = store.outbound;
    return storePerson(
      store,
      await confirmGrant(await credentialsGrant(credentials, around), around),
    );
  }
  const outbound = createOutbound(state.allowPrivate ?? false, state.now ?? Date.now);
  const grant = await credentialsGrant(credentials, outbound.around);
  const login = await confirmGrant(grant, outbound.around);
  return personOf(newSessionRecord(login, outbound.around.now()), inMemory(grant), outbound);
}

async function personOf(
  record: SessionRecord,
  grant: GrantRecord,
  outbound: Outbound,
): Promise<Person> {
  const keeper = createGrantKeeper(grant, outbound.around);
  // An ended login is told at once, rather than by the first pod that refuses.
  await keeper.fresh();
  return (await openPerson(record, keeper, outbound)).person;
}

function inMemory(first: Grant): GrantRecord {
  let grant: Grant | undefined = first;
  return {
    read: () => Promise.resolve(grant),
    write: (next) => {
      grant = next;
      return Promise.resolve();
    },
    remove: () => {
      grant = undefined;
      return Promise.resolve();
    },
    locked: (task) => task(),
  };
}
