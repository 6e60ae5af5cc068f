import { planDay, type Activity, type PlannedSession, type Span } from './day-plan.ts';
import type { LocalClock, LocalDay } from './local-clock.ts';
import { asleepMinutes, nap, night, type SleepLog } from './nights.ts';
import type { SamplePerson } from './people.ts';
import { seededRandom, type Random } from './seeded-random.ts';

const minuteMs = 60_000;
// Bound once: inside jest each look-up of a global costs more than the sums here.
const { floor, max, min } = Math;

/** A session of the E4, at instants. UTC epoch milliseconds. */
export interface SessionTimes {
  readonly day: LocalDay;
  readonly startMs: number;
  readonly endMs: number;
  readonly stress: readonly { readonly startMs: number; readonly endMs: number }[];
}

/** What truly happened, minute by minute; the devices see parts of it. */
export interface Timeline {
  readonly person: SamplePerson;
  readonly clock: LocalClock;
  readonly days: readonly LocalDay[];
  /** UTC epoch milliseconds of minute 0. */
  readonly startMs: number;
  readonly activities: readonly Activity[];
  readonly steps: Uint16Array;
  /** Beats a minute at the end of each minute. */
  readonly heartRate: Float64Array;
  /** 1 where the Fitbit is on the wrist. */
  readonly worn: Uint8Array;
  readonly sleepLogs: readonly SleepLog[];
  readonly sessions: readonly SessionTimes[];
}

interface Draft extends Timeline {
  readonly activities: Activity[];
  readonly stressed: Uint8Array;
  readonly restingBpm: Float64Array;
  readonly sleepLogs: SleepLog[];
  readonly sessions: SessionTimes[];
}

/** Lives the days of a person. A day that is further on never changes one before it. */
export function liveThrough(
  person: SamplePerson,
  days: readonly LocalDay[],
  clock: LocalClock,
  seed: number,
): Timeline {
  const startMs = days[0]?.startMs ?? 0;
  const minutes = ((days.at(-1)?.endMs ?? startMs) - startMs) / minuteMs;
  const draft: Draft = {
    person,
    clock,
    days,
    startMs,
    activities: Array.from({ length: minutes }, () => 'rest'),
    steps: new Uint16Array(minutes),
    heartRate: new Float64Array(minutes),
    worn: new Uint8Array(minutes).fill(1),
    stressed: new Uint8Array(minutes),
    restingBpm: new Float64Array(minutes),
    sleepLogs: [],
    sessions: [],
  };
  for (const day of days) paintDay(draft, day, seed);
  for (const day of days) paintNight(draft, day, seed);
  for (const day of days) takeOff(draft, day, seed);
  for (const day of days) walkAndBeat(draft, day, seededRandom(seed, person.key, day.date, 'body'));
  return draft;
}

/** Index of a minute, held to the timeline. */
function indexOf({ startMs, steps }: Timeline, instantMs: number): number {
  return max(0, min(steps.length, floor((instantMs - startMs) / minuteMs)));
}

function range(timeline: Timeline, fromMs: number, minutes: number): [number, number] {
  return [indexOf(timeline, fromMs), indexOf(timeline, fromMs + minutes * minuteMs)];
}

function paintDay(draft: Draft, day: LocalDay, seed: number): void {
  const { clock, activities, person } = draft;
  const plan = planDay(person, day, seed);
  for (const { activity, start, minutes } of plan.blocks) {
    const fromMs = clock.instant(day.date, start);
    activities.fill(activity, ...range(draft, fromMs, minutes));
  }
  for (const { start, minutes } of plan.stress) {
    draft.stressed.fill(1, ...range(draft, clock.instant(day.date, start), minutes));
  }
  for (const session of plan.sessions) draft.sessions.push(sessionTimes(clock, day, session));
}

function sessionTimes(clock: LocalClock, day: LocalDay, session: PlannedSession): SessionTimes {
  const at = ({ start, minutes }: Span): { startMs: number; endMs: number } => {
    const startMs = clock.instant(day.date, start);
    return { startMs, endMs: startMs + minutes * minuteMs };
  };
  return { day, ...at(session), stress: session.stress.map(at) };
}

function paintNight(draft: Draft, day: LocalDay, seed: number): void {
  const { person, clock } = draft;
  const slept = night(person, day, clock, seed);
  const restsFromMs = day.index === 0 ? draft.startMs : slept.startMs;
  draft.restingBpm.fill(restingOf(person, day, slept, seed), indexOf(draft, restsFromMs));
  for (const log of [slept, nap(person, day, clock, seed)]) {
    if (log === undefined) continue;
    const span = range(draft, log.startMs, log.values.length);
    draft.activities.fill('sleep', ...span);
    draft.stressed.fill(0, ...span);
    draft.sleepLogs.push(log);
  }
}

function restingOf(person: SamplePerson, day: LocalDay, slept: SleepLog, seed: number): number {
  const { bpm, driftBpmPerDay, noiseBpm, bpmPerMissingHour, neutralAsleepHours } = person.resting;
  const missingHours = neutralAsleepHours - asleepMinutes(slept) / 60;
  const noise = noiseBpm * seededRandom(seed, person.key, day.date, 'resting').bell();
  return bpm + driftBpmPerDay * day.index + bpmPerMissingHour * missingHours + noise;
}

function takeOff(draft: Draft, day: LocalDay, seed: number): void {
  const random = seededRandom(seed, draft.person.key, day.date, 'worn');
  const { unwornDays, longGaps } = draft.person.oddities;
  const off = (start: number, minutes: number): void => {
    const fromMs = draft.clock.instant(day.date, start);
    draft.worn.fill(0, ...range(draft, fromMs, minutes));
  };
  if (random.chance(0.35)) off(random.whole(1090, 1220), random.whole(25, 95));
  if (longGaps.includes(day.date)) off(720, 360);
  // From the evening before until the morning after, so that two nights are missing too.
  if (unwornDays.includes(day.date)) off(-150, 150 + 1440 + 560);
}

/** Steps a minute: how likely there are any, and between which numbers. */
const stepsOf: Readonly<Record<Activity, readonly [number, number, number]>> = {
  rest: [0.06, 5, 30],
  desk: [0.1, 6, 45],
  feet: [0.5, 8, 85],
  chores: [0.45, 8, 70],
  walk: [0.98, 94, 118],
  cycle: [0.04, 4, 20],
  run: [0.99, 156, 180],
  sleep: [0.002, 4, 12],
};

/** Beats a minute above resting. */
const beatsAboveResting: Readonly<Record<Activity, number>> = {
  rest: 11,
  desk: 14,
  feet: 27,
  chores: 22,
  walk: 38,
  cycle: 55,
  run: 92,
  sleep: 1,
};

const stressBpm = 5;

function walkAndBeat(draft: Draft, day: LocalDay, random: Random): void {
  const { activities, steps, heartRate, stressed, restingBpm } = draft;
  const from = indexOf(draft, day.startMs);
  const to = indexOf(draft, day.endMs);
  let wander = random.bell();
  for (let minute = from; minute < to; minute += 1) {
    const activity = activities[minute] ?? 'rest';
    const [likely, low, high] = stepsOf[activity];
    const taken = random.chance(likely) ? random.whole(low, high) : 0;
    steps[minute] = taken;
    wander = 0.9 * wander + 0.45 * random.bell();
    const resting = restingBpm[minute] ?? 0;
    const target =
      resting +
      beatsAboveResting[activity] +
      (activity === 'rest' || activity === 'desk' ? taken * 0.15 : 0) +
      (stressed[minute] ?? 0) * stressBpm;
    const before = minute === 0 ? resting : (heartRate[minute - 1] ?? resting);
    const pace = target > before ? 0.4 : 0.25;
    heartRate[minute] = before + pace * (target + wander - before) + 0.3 * random.bell();
  }
}

/** Steps that the Fitbit counts between two instants. */
export function recordedSteps(timeline: Timeline, fromMs: number, toMs: number): number {
  let sum = 0;
  const to = indexOf(timeline, toMs);
  for (let minute = indexOf(timeline, fromMs); minute < to; minute += 1) {
    sum += (timeline.worn[minute] ?? 0) * (timeline.steps[minute] ?? 0);
  }
  return sum;
}

/** Beats a minute at an instant, between the ends of the two minutes around it. */
export function heartRateAt({ heartRate, startMs }: Timeline, instantMs: number): number {
  const exact = max(0, (instantMs - startMs) / minuteMs - 1);
  const index = min(floor(exact), heartRate.length - 1);
  const here = heartRate[index] ?? 0;
  const next = heartRate[index + 1] ?? here;
  return here + (exact - index) * (next - here);
}

/** True where a night or a nap lies wholly within time with the device on the wrist. */
export function isRecorded(timeline: Timeline, log: SleepLog): boolean {
  const span = range(timeline, log.startMs, log.values.length);
  return timeline.worn.subarray(...span).every((worn) => worn === 1);
}
