/** Events pushed on one side and iterated on the other. */
export interface EventQueue<T> {
  push(event: T): void;
  /** Ends the iteration after what is queued; with an error, by throwing it. */
  close(error?: Error): void;
  /** Ends on {@link close} or when `signal` aborts. For one consumer. */
  events(signal: AbortSignal): AsyncIterable<T>;
}

// A consumer that stopped reading must not fill the memory; what it missed it sees by reading.
const maxQueued = 10_000;

/** Makes an empty queue. */
export function eventQueue<T>(): EventQueue<T> {
  const queued: T[] = [];
  let ended: { readonly error: Error | undefined } | undefined;
  let wake = (): void => undefined;

  return {
    push(event) {
      if (ended !== undefined || queued.length >= maxQueued) return;
      queued.push(event);
      wake();
    },
    close(error) {
      ended ??= { error };
      wake();
    },
    async *events(signal) {
      const onAbort = (): void => {
        wake();
      };
      signal.addEventListener('abort', onAbort);
      try {
        while (!signal.aborted) {
          const next = queued.shift();
          if (next !== undefined) {
            yield next;
          } else if (ended === undefined) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          } else {
            if (ended.error !== undefined) throw ended.error;
            return;
          }
        }
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
