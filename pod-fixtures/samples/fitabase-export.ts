import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fitabaseTimes, type FitabaseTimes, type LocalDay } from './local-clock.ts';
import { asleepMinutes, type SleepLog } from './nights.ts';
import { seededRandom } from './seeded-random.ts';
import { heartRateAt, isRecorded, recordedSteps, type Timeline } from './timeline.ts';

const minuteMs = 60_000;
// Bound once: inside jest each look-up of a global costs more than the sums here.
const { floor, max, min, round } = Math;
const hourMs = 60 * minuteMs;

/** When an export was taken; what is later is not in it. UTC epoch milliseconds. */
interface Export {
  readonly timeline: Timeline;
  readonly takenMs: number;
  readonly seed: number;
  readonly times: FitabaseTimes;
}

/**
 * Writes the CSV files of one person as Fitabase does: naive local time, every minute of a day
 * even with the device off, minute files up to the last full hour, and the end of line
 * that each real file has.
 */
export async function writeFitabaseExport(
  timeline: Timeline,
  folder: string,
  takenMs: number,
  seed: number,
): Promise<void> {
  const taken: Export = { timeline, takenMs, seed, times: fitabaseTimes() };
  const logs = recordedLogs(taken);
  await mkdir(folder, { recursive: true });
  const files: readonly (readonly [string, string])[] = [
    ['dailyActivity_merged.csv', dailyActivity(taken, logs).join('\n') + '\n'],
    ['hourlySteps_merged.csv', hourlySteps(taken).join('\n') + '\n'],
    ['minuteStepsNarrow_merged.csv', minuteSteps(taken).join('\n') + '\n'],
    ['sleepDay_merged.csv', sleepDays(taken, logs).join('\n') + '\n'],
    ['minuteSleep_merged.csv', minuteSleep(taken, logs).join('\r\n') + '\r\n'],
    ['heartrate_seconds_merged.csv', heartRateSeconds(taken).join('\r\n') + '\r\n'],
  ];
  await Promise.all(files.map(([name, text]) => writeFile(join(folder, name), text)));
}

function recordedLogs({ timeline, takenMs }: Export): SleepLog[] {
  return timeline.sleepLogs.filter(
    (log) => isRecorded(timeline, log) && log.startMs + log.values.length * minuteMs <= takenMs,
  );
}

/** How far the minute at this instant is from sitting still, 0 to 3, as Fitabase's intensity is. */
function intensityOf(steps: number): 0 | 1 | 2 | 3 {
  if (steps === 0) return 0;
  if (steps < 88) return 1;
  return steps < 106 ? 2 : 3;
}

/** A float32 with 15 significant digits, `1.87999999523163`: how Fitabase prints distances. */
function float32(value: number): string {
  return String(Number(Math.fround(round(value * 100) / 100).toPrecision(15)));
}

function dailyActivity(taken: Export, logs: readonly SleepLog[]): string[] {
  const rows = [
    'Id,ActivityDate,TotalSteps,TotalDistance,TrackerDistance,LoggedActivitiesDistance,VeryActiveDistance,ModeratelyActiveDistance,LightActiveDistance,SedentaryActiveDistance,VeryActiveMinutes,FairlyActiveMinutes,LightlyActiveMinutes,SedentaryMinutes,Calories',
  ];
  const { person, clock } = taken.timeline;
  for (const day of taken.timeline.days) {
    const { minutes, steps, kilometres } = activityOf(taken, day);
    const inBed = logs
      .filter((log) => log.day === day.date)
      .reduce((sum, log) => sum + log.values.length, 0);
    const [, light, fair, very] = minutes;
    const elapsed = (min(day.endMs, taken.takenMs) - day.startMs) / minuteMs;
    const sedentary = max(0, floor(elapsed) - light - fair - very - inBed);
    const calories = round(
      elapsed * 1.08 + light * 2.2 + fair * 4.1 + very * 8.6 + kilometres[3] * 18,
    );
    const total = float32(kilometres[1] + kilometres[2] + kilometres[3]);
    const distances = [total, total, 0, ...[3, 2, 1].map((i) => float32(kilometres[i] ?? 0)), 0];
    const when = taken.times.date(clock.wallMs(day.startMs));
    const counts = [very, fair, light, sedentary, calories];
    rows.push([person.fitabaseId, when, steps, ...distances, ...counts].join(','));
  }
  return rows;
}

/** The vendor's day total is up to half a percent above the sum of its minutes, as in real exports. */
function activityOf(
  { timeline, takenMs, seed }: Export,
  day: LocalDay,
): {
  steps: number;
  minutes: [number, number, number, number];
  kilometres: [number, number, number, number];
} {
  const minutes: [number, number, number, number] = [0, 0, 0, 0];
  const kilometres: [number, number, number, number] = [0, 0, 0, 0];
  const until = min(day.endMs, takenMs);
  for (let at = day.startMs; at < until; at += minuteMs) {
    const steps = recordedSteps(timeline, at, at + minuteMs);
    const intensity = intensityOf(steps);
    minutes[intensity] += 1;
    kilometres[intensity] += steps * (steps > 150 ? 0.00104 : 0.00067);
  }
  const counted = recordedSteps(timeline, day.startMs, until);
  const random = seededRandom(seed, timeline.person.key, day.date, 'total');
  const more = counted > 0 && random.chance(0.8) ? round(counted * 0.005 * random.next()) : 0;
  return { steps: counted + more, minutes, kilometres };
}

function hourlySteps({ timeline, takenMs, times }: Export): string[] {
  const rows = ['Id,ActivityHour,StepTotal'];
  for (let at = timeline.startMs; at < takenMs; at += hourMs) {
    const steps = recordedSteps(timeline, at, min(at + hourMs, takenMs));
    const hour = times.dateTime(timeline.clock.wallMs(at));
    rows.push(`${timeline.person.fitabaseId},${hour},${steps}`);
  }
  return rows;
}

function minuteSteps({ timeline, takenMs, times }: Export): string[] {
  const rows = ['Id,ActivityMinute,Steps'];
  const lastFullHour = floor(takenMs / hourMs) * hourMs;
  for (let at = timeline.startMs; at < lastFullHour; at += minuteMs) {
    const minute = times.dateTime(timeline.clock.wallMs(at));
    const steps = recordedSteps(timeline, at, at + minuteMs);
    rows.push(`${timeline.person.fitabaseId},${minute},${steps}`);
  }
  return rows;
}

function sleepDays({ timeline, times }: Export, logs: readonly SleepLog[]): string[] {
  const { person, clock, days } = timeline;
  const rows = ['Id,SleepDay,TotalSleepRecords,TotalMinutesAsleep,TotalTimeInBed'];
  for (const day of days) {
    const records = logs.filter((log) => log.day === day.date);
    if (records.length === 0) continue;
    const asleep = records.reduce((sum, log) => sum + asleepMinutes(log), 0);
    const inBed = records.reduce((sum, log) => sum + log.values.length, 0);
    const when = times.dateTime(clock.wallMs(day.startMs));
    const row = [person.fitabaseId, when, records.length, asleep, inBed].join(',');
    rows.push(row);
    if (person.oddities.duplicateNight === day.date) rows.push(row);
  }
  return rows;
}

function minuteSleep({ timeline, times }: Export, logs: readonly SleepLog[]): string[] {
  const { person, clock } = timeline;
  const rows = ['Id,date,value,logId'];
  for (const log of logs) {
    const lines = Array.from(log.values, (value, minute) => {
      const when = times.dateTime(clock.wallMs(log.startMs + minute * minuteMs));
      return `${person.fitabaseId},${when},${value},${log.logId}`;
    });
    rows.push(...lines);
    const isNight = log.values.length > 120;
    if (isNight && person.oddities.duplicateNight === log.day) rows.push(...lines);
  }
  return rows;
}

/** How often the device writes a heart rate, in seconds: denser when it beats fast. */
const intervals = {
  calm: [15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 10, 10, 10, 5, 5, 1, 3],
  fast: [5, 5, 5, 5, 10, 10, 15, 1, 2, 3],
} as const;

function heartRateSeconds({ timeline, takenMs, times, seed }: Export): string[] {
  const { person, clock, worn, startMs } = timeline;
  const rows = ['Id,Time,Value'];
  for (const day of timeline.days) {
    const random = seededRandom(seed, person.key, day.date, 'heart-rate');
    const until = min(day.endMs, takenMs);
    let at = day.startMs + random.whole(0, 14) * 1000;
    while (at < until) {
      const bpm = round(heartRateAt(timeline, at) + 0.8 * random.bell());
      if (worn[floor((at - startMs) / minuteMs)] === 1) {
        rows.push(`${person.fitabaseId},${times.dateTime(clock.wallMs(at))},${bpm}`);
      }
      const choices = bpm > 110 ? intervals.fast : intervals.calm;
      const seconds = choices[random.whole(0, choices.length - 1)] ?? 15;
      // A loose strap: now and then nothing for one to four minutes.
      at += (random.chance(0.0008) ? random.whole(53, 230) : seconds) * 1000;
    }
  }
  return rows;
}
