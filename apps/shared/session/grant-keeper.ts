import type { Grant } from './grant.ts';
import type { Surroundings } from './http.ts';
import { LoginFailure } from './login-failure.ts';
import { renewGrant } from './renew-grant.ts';

/** Where a grant is kept between requests and restarts. */
export interface GrantRecord {
  read(): Promise<Grant | undefined>;
  write(grant: Grant): Promise<void>;
  remove(): Promise<void>;
  /** Keeps every other process out meanwhile. */
  locked<R>(task: () => Promise<R>): Promise<R>;
}

/** Hands out tokens that are still good, renewing them in time. */
export interface GrantKeeper {
  /**
   * A grant whose access token lives at least another half minute.
   * @throws LoginFailure `session-ended` when only a new login helps, `unreachable` when waiting does.
   */
  fresh(): Promise<Grant>;
  /** Renews where the last time was longer ago than this. */
  renewIfOlderThan(ageMs: number): Promise<void>;
}

// Servers accept an expired token for a while, then answer as if to a stranger: never send one.
const marginMs = 30_000;

/**
 * Renews one at a time, also among processes: the issuer answers the second use of a rotated
 * refresh token by ending the session.
 */
export function createGrantKeeper(record: GrantRecord, around: Surroundings): GrantKeeper {
  let current: Grant | undefined;
  let renewing: Promise<Grant> | undefined;
  const isFresh = (grant: Grant): boolean => grant.accessExpiresMs - around.now() > marginMs;

  const renew = (isGood: (grant: Grant) => boolean): Promise<Grant> => {
    const task = async (): Promise<Grant> => {
      const stored = await record.read();
      if (stored === undefined) throw new LoginFailure('session-ended');
      // Another process was faster.
      if (isGood(stored)) return stored;
      const renewed = await renewGrant(stored, around);
      await record.write(renewed);
      return renewed;
    };
    renewing ??= record
      .locked(task)
      .then(
        (grant) => (current = grant),
        async (error: unknown) => {
          if (error instanceof LoginFailure && error.code === 'session-ended')
            await record.remove();
          throw error;
        },
      )
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  };

  return {
    async fresh() {
      if (current !== undefined && isFresh(current)) return current;
      return renew(isFresh);
    },
    async renewIfOlderThan(ageMs) {
      await renew((grant) => around.now() - grant.renewedMs < ageMs);
    },
  };
}
