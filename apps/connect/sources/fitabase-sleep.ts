import type { SleepEpisode, SleepStage, SleepStageInterval } from '../../../vocab/index.ts';
import type { WearerZone } from '../local-time.ts';

const minuteMs = 60_000;

/** Gathers sleep told minute by minute into one episode a log entry of the vendor. */
export interface SleepLog {
  add(logId: string, timeMs: number, stage: SleepStage): void;
  /** In order of time. */
  episodes(): readonly SleepEpisode[];
}

/** The order of rows does not matter; of a minute told twice differently, the more wakeful stays. */
export function sleepLog(source: string, zone: WearerZone): SleepLog {
  const logs = new Map<string, Map<number, SleepStage>>();
  return {
    add(logId, timeMs, stage) {
      let minutes = logs.get(logId);
      if (minutes === undefined) {
        minutes = new Map();
        logs.set(logId, minutes);
      }
      const known = minutes.get(timeMs);
      if (known === undefined || wakefulness(stage) > wakefulness(known))
        minutes.set(timeMs, stage);
    },
    episodes: () =>
      [...logs]
        .map(([logId, minutes]) => episodeOf(logId, minutes, { source, zone }))
        .toSorted((a, b) => a.startMs - b.startMs),
  };
}

function wakefulness(stage: SleepStage): number {
  return ['asleep', 'restless', 'awake'].indexOf(stage);
}

interface Wearer {
  readonly source: string;
  readonly zone: WearerZone;
}

function episodeOf(
  logId: string,
  minutes: ReadonlyMap<number, SleepStage>,
  { source, zone }: Wearer,
): SleepEpisode {
  const told = [...minutes].toSorted(([a], [b]) => a - b);
  const stages: SleepStageInterval[] = [];
  for (const [startMs, stage] of told) {
    const last = stages.at(-1);
    const endMs = startMs + minuteMs;
    const utcOffsetMinutes = zone.offsetAt(startMs);
    const goesOn =
      last?.stage === stage && last.endMs === startMs && last.utcOffsetMinutes === utcOffsetMinutes;
    if (last !== undefined && goesOn) stages[stages.length - 1] = { ...last, endMs };
    else stages.push({ startMs, endMs, utcOffsetMinutes, stage });
  }
  const startMs = told[0]?.[0] ?? 0;
  return {
    source,
    timeZone: zone.timeZone,
    sourceRecordId: logId,
    startMs,
    endMs: (told.at(-1)?.[0] ?? 0) + minuteMs,
    utcOffsetMinutes: zone.offsetAt(startMs),
    asleepMinutes: told.filter(([, stage]) => stage === 'asleep').length,
    inBedMinutes: told.length,
    stages,
  };
}
