import pLimit, { type LimitFunction } from 'p-limit';
import type { PodAdapter } from '../../../adapters/contract/index.ts';

/** Requests in flight per pod, all queries together: more make CSS slower, fewer leave it idle. */
const inFlight = 8;

/** What is asked of which pod, and what ends the asking. */
export interface PodRequest {
  readonly pod: PodAdapter;
  /** The same for requests that have the same answer, `list <url>`. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/**
 * Runs a request to a pod when it is its turn. Whoever asks the same while it is under way gets the
 * same answer: a page asks a dozen questions at once, and each begins with the same type index.
 */
export type PodRequests = <Answer>(
  asked: PodRequest,
  request: () => Promise<Answer>,
) => Promise<Answer>;

interface PodQueue {
  readonly limit: LimitFunction;
  readonly underWay: Map<string, { readonly answer: Promise<unknown>; readonly by: AbortSignal }>;
}

/** A queue for each pod. */
export function podRequests(): PodRequests {
  const queues = new WeakMap<PodAdapter, PodQueue>();
  const queueOf = (pod: PodAdapter): PodQueue => {
    const queue = queues.get(pod) ?? { limit: pLimit(inFlight), underWay: new Map() };
    queues.set(pod, queue);
    return queue;
  };

  const ask = async <Answer>(
    asked: PodRequest,
    request: () => Promise<Answer>,
  ): Promise<Answer> => {
    const { pod, key, signal } = asked;
    const { limit, underWay } = queueOf(pod);
    const other = underWay.get(key);
    if (other !== undefined) {
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one key, one kind of answer
        return (await other.answer) as Answer;
      } catch (error) {
        // Another query was cancelled, not this one.
        if (!other.by.aborted || signal.aborted) throw error;
        return ask(asked, request);
      }
    }
    const answer = limit(request);
    const entry = { answer, by: signal };
    underWay.set(key, entry);
    try {
      return await answer;
    } finally {
      if (underWay.get(key) === entry) underWay.delete(key);
    }
  };
  return ask;
}

/** How requests are made during one query. */
export interface Requesting {
  readonly requests: PodRequests;
  readonly signal: AbortSignal;
}
