import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { QueryError } from '../query-error.ts';
import { abortError, type Engine } from './engine.ts';
import { runPlainJob, solutionsOf } from './plain-job.ts';
import { workerEngine } from './worker-engine.ts';

const maxWorkers = 2;
const maxHeapMb = 2048;

/**
 * The engine in threads. Run from TypeScript by a loader that Node's threads do not share (jest on
 * Node 20), it evaluates in process: the same answers, but a runaway query can't be stopped.
 */
export function defaultEngine(): Engine {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  if (extension === 'ts' && !canLoadTypeScript()) return inProcessEngine();
  const entry = fileURLToPath(new URL(`./worker-entry.${extension}`, import.meta.url));
  return workerEngine({
    start: (resourceLimits) => new Worker(entry, { resourceLimits }),
    maxWorkers,
    maxHeapMb,
  });
}

/** Node from 22.18 on strips types by itself. */
function canLoadTypeScript(): boolean {
  return Boolean(Reflect.get(process.features, 'typescript'));
}

/** The engine in this thread. A time limit takes effect only between its steps. */
export function inProcessEngine(): Engine {
  return {
    warmUp: () => undefined,
    run: (job, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const stop = (): void => reject(abortError(signal));
        signal.addEventListener('abort', stop, { once: true });
        runPlainJob(job)
          .then((solutions) => resolve(solutionsOf(solutions)))
          .catch((cause: unknown) =>
            reject(new QueryError('QUERY_FAILED', 'The query could not be evaluated.', { cause })),
          )
          .finally(() => signal.removeEventListener('abort', stop));
      }),
  };
}
