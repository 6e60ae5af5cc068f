import { type AllowPrivate, guardedFetch } from '../../../adapters/index.ts';
import type { Surroundings } from './http.ts';

/** How this application reaches others. */
export interface Outbound {
  /** Profiles and issuers: small answers, soon. */
  readonly around: Surroundings;
  /** Storages: answers as large as a pod's documents. */
  readonly pods: Surroundings;
  readonly allowPrivate: AllowPrivate;
}

const podLimits = { maxBodyBytes: 2 ** 30, headersTimeoutMs: 60_000, totalTimeoutMs: 3_600_000 };

/** Guarded fetches for both: public https addresses, and what the configuration allows besides. */
export function createOutbound(allowPrivate: AllowPrivate, now: () => number): Outbound {
  return {
    around: { fetch: guardedFetch({ allowPrivate, maxBodyBytes: 2 ** 20 }), now },
    pods: { fetch: guardedFetch({ allowPrivate, ...podLimits }), now },
    allowPrivate,
  };
}
