import type { Worker } from 'node:worker_threads';
import { QueryError } from '../query-error.ts';
import { solutionsOf, type PlainJob } from './plain-job.ts';
import { abortError, type Engine } from './engine.ts';
import type { WorkerReply } from './worker-entry.ts';

/** How the threads of the engine run. */
export interface WorkerEngineOptions {
  /** Starts a thread on `worker-entry`. */
  readonly start: (resourceLimits: { readonly maxOldGenerationSizeMb: number }) => Worker;
  readonly maxWorkers: number;
  /** Heap of one thread. Past it only that thread ends. */
  readonly maxHeapMb: number;
}

/**
 * The engine in worker threads: a query that burns time or memory (a Cartesian product, a regular
 * expression that backtracks) loses its thread, not the process. Threads are kept warm, as loading
 * Comunica takes a second, and do not keep the process alive.
 */
export function workerEngine({ start, maxWorkers, maxHeapMb }: WorkerEngineOptions): Engine {
  const idle: Worker[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;

  const startWorker = (): Worker => {
    const worker = start({ maxOldGenerationSizeMb: maxHeapMb });
    // Without a listener the error of a thread that nobody waits for would end the process.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      const index = idle.indexOf(worker);
      if (index !== -1) idle.splice(index, 1);
    });
    return worker;
  };
  const acquire = async (signal: AbortSignal): Promise<Worker> => {
    // oxlint-disable-next-line no-unmodified-loop-condition -- other queries change it meanwhile
    while (running >= maxWorkers) await turn(waiting, signal);
    signal.throwIfAborted();
    running++;
    const worker = idle.pop() ?? startWorker();
    worker.ref();
    return worker;
  };
  const release = (worker: Worker, isUsable: boolean): void => {
    running--;
    if (isUsable) {
      worker.unref();
      idle.push(worker);
    } else void worker.terminate();
    waiting.shift()?.();
  };
  return {
    warmUp() {
      const worker = startWorker();
      worker.unref();
      idle.push(worker);
    },
    async run(job, signal) {
      const worker = await acquire(signal);
      let isUsable = false;
      try {
        const reply = await ask(worker, job, signal);
        isUsable = true;
        if ('solutions' in reply) return solutionsOf(reply.solutions);
        throw new QueryError('QUERY_FAILED', 'The query could not be evaluated.', {
          cause: new Error(reply.failure),
        });
      } finally {
        release(worker, isUsable);
      }
    },
  };
}

/** Resolves when a thread may be free. */
function turn(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (): void => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const stop = (): void => {
      const index = waiting.indexOf(next);
      if (index !== -1) waiting.splice(index, 1);
      reject(abortError(signal));
    };
    waiting.push(next);
    signal.addEventListener('abort', stop, { once: true });
  });
}

function ask(worker: Worker, job: PlainJob, signal: AbortSignal): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void) => (): void => {
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
      signal.removeEventListener('abort', onAbort);
      outcome();
    };
    const onMessage = (reply: WorkerReply): void => settle(() => resolve(reply))();
    const onError = (error: unknown): void => settle(() => reject(workerError(error)))();
    const onExit = settle(() => reject(workerError(undefined)));
    const onAbort = settle(() => reject(abortError(signal)));
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    signal.addEventListener('abort', onAbort);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(job);
  });
}

function workerError(cause: unknown): QueryError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : '';
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new QueryError(
      'QUERY_TOO_LARGE',
      'The query needs more memory than it may use. Ask for fewer days or for an aggregate.',
      { cause },
    );
  }
  return new QueryError('QUERY_FAILED', 'The query could not be evaluated.', { cause });
}
