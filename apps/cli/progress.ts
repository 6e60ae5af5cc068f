import { SingleBar } from 'cli-progress';

/** Shows how far a long step is: a bar on a terminal, a line every few seconds elsewhere. */
export interface ProgressDisplay {
  /** `fraction` from 0 to 1; `detail` is a few words, as "readings and time left". */
  update(fraction: number, detail: string): void;
  stop(): void;
}

const quietIntervalMs = 5000;

/** Starts a display on standard error, so that standard output stays data alone. */
export function showProgress(
  label: string,
  options: { readonly stream: NodeJS.WriteStream; readonly nowMs: () => number },
): ProgressDisplay {
  return options.stream.isTTY ? bar(label, options.stream) : lines(label, options);
}

function bar(label: string, stream: NodeJS.WriteStream): ProgressDisplay {
  const display = new SingleBar({
    format: `${label} [{bar}] {percentage}% {detail}`,
    stream,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    fps: 10,
  });
  display.start(100, 0, { detail: '' });
  return {
    update: (fraction, detail) => display.update(Math.floor(fraction * 100), { detail }),
    stop: () => display.stop(),
  };
}

function lines(
  label: string,
  { stream, nowMs }: { readonly stream: NodeJS.WriteStream; readonly nowMs: () => number },
): ProgressDisplay {
  let saidMs = nowMs();
  return {
    update(fraction, detail) {
      if (nowMs() - saidMs < quietIntervalMs) return;
      saidMs = nowMs();
      stream.write(`${label}: ${Math.floor(fraction * 100)}% ${detail}\n`);
    },
    stop: () => undefined,
  };
}

/** `1 min 5 s`, for a time left. */
export function spokenDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
