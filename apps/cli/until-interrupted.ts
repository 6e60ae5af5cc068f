const signals = ['SIGINT', 'SIGTERM'] as const;

/** `npm` passes a Ctrl-C on that the terminal has already sent to everyone. */
const sameKeyPressMs = 1000;

/** Resolves at the first Ctrl-C or polite kill; a second Ctrl-C, a moment later, ends the process at once. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let firstMs: number | undefined;
    const stop = (): void => {
      const nowMs = Date.now();
      firstMs ??= nowMs;
      if (nowMs - firstMs > sameKeyPressMs) process.exit(130);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
