import pLimit, { type LimitFunction } from 'p-limit';
import type { PodAdapter } from '../../../adapters/contract/index.ts';

/** Requests in flight per pod, all queries together: more make CSS slower, fewer leave it idle. */
const inFlight = 8;

/** Runs a request to a pod when it is its turn. */
export type PodRequests = <Answer>(
  pod: PodAdapter,
  request: () => Promise<Answer>,
) => Promise<Answer>;

/** A queue for each pod. */
export function podRequests(): PodRequests {
  const queues = new WeakMap<PodAdapter, LimitFunction>();
  return (pod, request) => {
    const queue = queues.get(pod) ?? pLimit(inFlight);
    queues.set(pod, queue);
    return queue(request);
  };
}

/** How requests are made during one query. */
export interface Requesting {
  readonly requests: PodRequests;
  readonly signal: AbortSignal;
}
