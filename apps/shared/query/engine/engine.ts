import type { Solutions } from './evaluate.ts';
import type { PlainJob } from './plain-job.ts';

/** Evaluates algebra over triples in memory. */
export interface Engine {
  /** Rejects with the signal's reason when it aborts. @throws QueryError. */
  run(job: PlainJob, signal: AbortSignal): Promise<Solutions>;
  /** Loads Comunica now rather than with the first query, which takes a second or two. */
  warmUp(): void;
}

/** The reason of an aborted signal as an error. */
export function abortError({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
