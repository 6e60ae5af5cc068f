import type { LocalDay } from './local-clock.ts';
import type { SamplePerson } from './people.ts';
import { seededRandom, type Random } from './seeded-random.ts';

/** What someone does for a while. */
export type Activity = 'rest' | 'desk' | 'feet' | 'chores' | 'walk' | 'cycle' | 'run' | 'sleep';

/** A part of a day, in minutes after local midnight. A later block covers an earlier one. */
export interface Block {
  readonly activity: Activity;
  readonly start: number;
  readonly minutes: number;
}

/** Some minutes, counted from local midnight. */
export interface Span {
  readonly start: number;
  readonly minutes: number;
}

/** A time with the E4 on the wrist: seated, with marked stress episodes in it. */
export interface PlannedSession extends Span {
  readonly stress: readonly Span[];
}

/** What a person does on a day, nights left aside. */
export interface DayPlan {
  readonly blocks: readonly Block[];
  /** Every time of stress, in a session or not. */
  readonly stress: readonly Span[];
  readonly sessions: readonly PlannedSession[];
}

/** Lays out a day of work or leisure. The same seed, person and date give the same day. */
export function planDay(person: SamplePerson, day: LocalDay, seed: number): DayPlan {
  const random = seededRandom(seed, person.key, day.date, 'day');
  const works = person.workdays.includes(day.weekday);
  const blocks = works ? workday(person, random) : leisure(random);
  const stress: Span[] = [];
  if (works && random.chance(0.4)) {
    const latest = person.work.end - 90;
    stress.push({
      start: random.whole(person.work.start + 20, latest),
      minutes: random.whole(15, 50),
    });
  }
  if (person.runDays.includes(day.weekday)) blocks.push(run(person, works, random));
  const sessions = planSessions(person, day, random);
  for (const session of sessions) {
    blocks.push({ activity: 'rest', start: session.start - 10, minutes: session.minutes + 15 });
    stress.push(...session.stress);
  }
  return { blocks, stress, sessions };
}

function workday(person: SamplePerson, random: Random): Block[] {
  const { start, end, onFeet } = person.work;
  const { by, minutes } = person.commute;
  const activity = onFeet ? 'feet' : 'desk';
  const evening = end + minutes + random.whole(20, 50);
  const blocks: Block[] = [
    { activity: 'chores', start: start - minutes - 60, minutes: random.whole(15, 45) },
    { activity: by, start: start - minutes + Math.round(3 * random.bell()), minutes },
    { activity, start, minutes: end - start },
    { activity: 'rest', start: start + 200 + random.whole(0, 30), minutes: 25 },
    { activity: by, start: end + random.whole(0, 25), minutes },
    { activity: 'chores', start: evening, minutes: random.whole(20, 70) },
  ];
  if (!onFeet && random.chance(0.75)) {
    blocks.push({ activity: 'walk', start: start + 230, minutes: random.whole(8, 30) });
  }
  return blocks;
}

function leisure(random: Random): Block[] {
  const blocks: Block[] = [
    { activity: 'chores', start: 560 + random.whole(0, 60), minutes: random.whole(30, 100) },
    { activity: 'chores', start: 1060 + random.whole(0, 40), minutes: random.whole(20, 60) },
  ];
  if (random.chance(0.8)) {
    blocks.push({
      activity: 'walk',
      start: 850 + random.whole(0, 60),
      minutes: random.whole(25, 95),
    });
  }
  return blocks;
}

function run(person: SamplePerson, works: boolean, random: Random): Block {
  const earliest = works ? person.work.end + person.commute.minutes + 35 : 610;
  return {
    activity: 'run',
    start: earliest + random.whole(0, 20),
    minutes: random.whole(24, 48),
  };
}

function planSessions(person: SamplePerson, day: LocalDay, random: Random): PlannedSession[] {
  if (person.oddities.unwornDays.includes(day.date)) return [];
  const starts = person.oddities.extraSessions
    .filter((extra) => extra.date === day.date)
    .map((extra) => extra.start);
  if (!person.session.exceptOn.includes(day.weekday) && random.chance(0.93)) {
    starts.push(person.session.start + random.whole(0, 35));
  }
  return starts.map((start) => {
    const minutes = random.whole(15, 22);
    const stress = random.chance(0.5)
      ? [{ start: start + random.whole(5, 8), minutes: random.whole(3, 5) }]
      : [];
    return { start, minutes, stress };
  });
}
