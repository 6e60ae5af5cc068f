import type { QueryPod } from './query/query-types.ts';

/** Who is logged in, with every storage of their profile opened as them. */
export interface Person {
  readonly webId: string;
  readonly name?: string;
  readonly issuer: string;
  readonly pods: readonly QueryPod[];
  /** The storage that imports go to, one of `pods`. */
  readonly chosenStorage: string;
  /** When the issuer will ask for a new login; absent where it does not say. */
  readonly connectedUntil?: Date;
}
