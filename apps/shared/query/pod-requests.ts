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
 * Runs a request to a pod when it is its turn. Whoever asks the same while it is under way, or
 * shortly after, gets the same answer: a page asks a dozen questions in two or three rounds, and
 * each begins with the same type index.
 */
export type PodRequests = <Answer>(
  asked: PodRequest,
  request: () => Promise<Answer>,
) => Promise<Answer>;

interface SharedAnswer {
  readonly answer: Promise<unknown>;
  readonly by: AbortSignal;
  /** UTC epoch milliseconds; infinite while it is under way. */
  untilMs: number;
}

interface PodQueue {
  readonly limit: LimitFunction;
  readonly answers: Map<string, SharedAnswer>;
}

/** A queue for each pod. An answer is given again until it is `maxAgeMs` old. */
export function podRequests(options: {
  readonly maxAgeMs: number;
  readonly now: () => number;
}): PodRequests {
  const { maxAgeMs, now } = options;
  const queues = new WeakMap<PodAdapter, PodQueue>();
  const queueOf = (pod: PodAdapter): PodQueue => {
    const queue = queues.get(pod) ?? { limit: pLimit(inFlight), answers: new Map() };
    queues.set(pod, queue);
    const nowMs = now();
    for (const [key, { untilMs }] of queue.answers) {
      if (untilMs <= nowMs) queue.answers.delete(key);
    }
    return queue;
  };

  const ask = async <Answer>(
    asked: PodRequest,
    request: () => Promise<Answer>,
  ): Promise<Answer> => {
    const { pod, key, signal } = asked;
    const { limit, answers } = queueOf(pod);
    const other = answers.get(key);
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
    const entry: SharedAnswer = { answer, by: signal, untilMs: Infinity };
    answers.set(key, entry);
    try {
      const answered = await answer;
      entry.untilMs = now() + maxAgeMs;
      return answered;
    } catch (error) {
      if (answers.get(key) === entry) answers.delete(key);
      throw error;
    }
  };
  return ask;
}

/** How requests are made during one query. */
export interface Requesting {
  readonly requests: PodRequests;
  readonly signal: AbortSignal;
}
