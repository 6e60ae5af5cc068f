import type { LocalClock, LocalDay } from './local-clock.ts';
import type { SamplePerson } from './people.ts';
import { seededRandom, type Random } from './seeded-random.ts';

const minuteMs = 60_000;

/** What Fitabase's `minuteSleep` says of a minute. */
export const sleepValue = { asleep: 1, restless: 2, awake: 3 } as const;

/** One sleep as the device logs it: a value for each minute from going to bed. */
export interface SleepLog {
  readonly logId: string;
  /** Local day of waking. */
  readonly day: string;
  /** UTC epoch milliseconds, on a full or a half minute. */
  readonly startMs: number;
  readonly values: Uint8Array;
}

/** The night that ends on a day. */
export function night(
  person: SamplePerson,
  day: LocalDay,
  clock: LocalClock,
  seed: number,
): SleepLog {
  const random = seededRandom(seed, person.key, day.date, 'night');
  const { wakeOnWorkdays, wakeOtherwise, meanMinutes, deviationMinutes, longestMinutes } =
    person.night;
  const wake = person.workdays.includes(day.weekday) ? wakeOnWorkdays : wakeOtherwise;
  const wished = Math.round(meanMinutes + deviationMinutes * random.bell());
  const minutes = Math.min(longestMinutes, wished);
  const wakeMs = clock.instant(day.date, wake + Math.round(9 * random.bell()));
  return sleepLog(day, wakeMs - minutes * minuteMs, minutes, random);
}

/** A nap after lunch, 25 to 70 minutes. */
export function nap(
  person: SamplePerson,
  day: LocalDay,
  clock: LocalClock,
  seed: number,
): SleepLog | undefined {
  if (!person.oddities.naps.includes(day.date)) return undefined;
  const random = seededRandom(seed, person.key, day.date, 'nap');
  const lastMinute = (person.workdays.includes(day.weekday) ? person.work.start : 900) - 90;
  const minutes = random.whole(25, 70);
  const startMs = clock.instant(day.date, lastMinute - minutes);
  return sleepLog(day, startMs, minutes, random);
}

/** Minutes asleep, as Fitabase's `TotalMinutesAsleep` counts them: value 1 only. */
export function asleepMinutes(log: SleepLog): number {
  return log.values.filter((value) => value === sleepValue.asleep).length;
}

function sleepLog(day: LocalDay, startMs: number, minutes: number, random: Random): SleepLog {
  const values = new Uint8Array(minutes).fill(sleepValue.asleep);
  let minute = random.whole(2, Math.min(14, Math.floor(minutes / 6)));
  values.fill(sleepValue.restless, 0, minute);
  values.fill(sleepValue.awake, 0, Math.floor(minute / 2));
  while (minute < minutes) {
    minute += random.whole(12, 55);
    const awake = random.chance(0.15);
    const length = awake ? random.whole(2, 8) : random.whole(1, 4);
    values.fill(awake ? sleepValue.awake : sleepValue.restless, minute, minute + length);
    minute += length;
  }
  values.fill(sleepValue.restless, -random.whole(1, 3));
  return {
    logId: String(Math.floor(startMs / 1000) * 26),
    day: day.date,
    startMs: startMs + (random.chance(0.5) ? minuteMs / 2 : 0),
    values,
  };
}
