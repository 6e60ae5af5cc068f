import type { TextRow } from './asking.ts';
import type { SleepOfDay } from './insights-types.ts';
import { localMsOf } from './local-time.ts';

/** A sleep on the wearer's clock. It belongs to the day of waking. */
export interface Sleep {
  readonly day: string;
  readonly sensor: string;
  readonly start: number;
  readonly end: number;
  readonly asleepMinutes: number;
  readonly inBedMinutes: number;
}

/** Sleeps by day: of the source that saw the person in bed longest, none counted twice. */
export function sleepsByDay(rows: readonly TextRow[]): ReadonlyMap<string, readonly Sleep[]> {
  const days = new Map<string, Sleep[]>();
  for (const row of rows) {
    const sleep = sleepOf(row);
    days.set(sleep.day, [...(days.get(sleep.day) ?? []), sleep]);
  }
  return new Map([...days].map(([day, sleeps]) => [day, bestOf(sleeps)]));
}

function sleepOf({ day, sensor, start, end, asleep, inBed }: TextRow): Sleep {
  return {
    day: day ?? '',
    sensor: sensor ?? '',
    start: localMsOf(start ?? ''),
    end: localMsOf(end ?? ''),
    asleepMinutes: Number(asleep),
    inBedMinutes: Number(inBed),
  };
}

function bestOf(sleeps: readonly Sleep[]): readonly Sleep[] {
  const sensors = [...new Set(sleeps.map(({ sensor }) => sensor))].toSorted();
  const candidates = sensors.map((sensor) =>
    withoutOverlaps(sleeps.filter((sleep) => sleep.sensor === sensor)),
  );
  return candidates.reduce<readonly Sleep[]>(
    (best, next) => (inBedMinutes(next) > inBedMinutes(best) ? next : best),
    [],
  );
}

/** Exports hold nights twice, or a part of a night besides the whole: the longest one stands. */
function withoutOverlaps(sleeps: readonly Sleep[]): readonly Sleep[] {
  const kept: Sleep[] = [];
  const longestFirst = sleeps.toSorted(
    (left, right) => right.inBedMinutes - left.inBedMinutes || left.start - right.start,
  );
  for (const sleep of longestFirst) {
    if (kept.every((other) => sleep.end <= other.start || sleep.start >= other.end)) {
      kept.push(sleep);
    }
  }
  return kept;
}

function inBedMinutes(sleeps: readonly Sleep[]): number {
  return sleeps.reduce((sum, sleep) => sum + sleep.inBedMinutes, 0);
}

/** The sum of a day's sleeps, naps included, as vendors' totals have it. */
export function totalSleep(sleeps: readonly Sleep[]): SleepOfDay | null {
  if (sleeps.length === 0) return null;
  return {
    asleepMinutes: sleeps.reduce((sum, { asleepMinutes }) => sum + asleepMinutes, 0),
    inBedMinutes: inBedMinutes(sleeps),
  };
}
