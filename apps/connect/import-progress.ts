/** What an import is busy with: reading the export, comparing with the pod, writing to it. */
export type ImportPhase = 'reading' | 'comparing' | 'writing' | 'registering';

/** How far an import is. */
export interface ImportProgress {
  readonly phase: ImportPhase;
  /** Bytes of the export read, after inflating. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly readings: number;
  /** Documents compared or written, by phase. */
  readonly documentsDone: number;
  readonly documentsTotal: number;
  readonly documentsWritten: number;
  /** To the end of the phase at its speed so far; absent until there is one. */
  readonly etaMs?: number;
}

/** Keeps the state of an import and tells of it at most ten times a second. */
export interface ProgressTeller {
  readonly state: ImportProgress;
  update(change: Partial<Omit<ImportProgress, 'etaMs'>>): void;
}

const tellEveryMs = 100;

export function progressTeller(
  tell: ((progress: ImportProgress) => void) | undefined,
  nowMs: () => number,
): ProgressTeller {
  let phaseStartMs = nowMs();
  let toldMs = -Infinity;
  let state: ImportProgress = {
    phase: 'reading',
    doneBytes: 0,
    totalBytes: 0,
    readings: 0,
    documentsDone: 0,
    documentsTotal: 0,
    documentsWritten: 0,
  };
  return {
    get state() {
      return state;
    },
    update(change) {
      const now = nowMs();
      const isNewPhase = change.phase !== undefined && change.phase !== state.phase;
      if (isNewPhase) phaseStartMs = now;
      const { etaMs: _, ...before } = state;
      state = { ...before, ...change };
      const etaMs = remainingMs(state, now - phaseStartMs);
      if (etaMs !== undefined) state = { ...state, etaMs };
      if (!isNewPhase && now - toldMs < tellEveryMs) return;
      toldMs = now;
      tell?.(state);
    },
  };
}

function remainingMs(state: ImportProgress, elapsedMs: number): number | undefined {
  const [done, total] =
    state.phase === 'reading'
      ? [state.doneBytes, state.totalBytes]
      : [state.documentsDone, state.documentsTotal];
  if (done === 0 || elapsedMs < tellEveryMs) return undefined;
  return Math.round((elapsedMs / done) * Math.max(0, total - done));
}
