import type { DailySummary, SignalName, SleepStage } from '../../../vocab/index.ts';
import { localClock, type LocalClock } from '../local-time.ts';
import type { ReadOptions, SeriesSink } from './connector.ts';
import { dayLog } from './fitabase-days.ts';
import { sleepLog } from './fitabase-sleep.ts';

/** What a Fitabase export says of one person, put into the sink table by table. */
export interface FitabasePerson {
  /** Adds readings by wall-clock time; one such function a file, since it follows the clock. */
  seriesByClock(signal: SignalName): (localMs: number, value: number) => void;
  /** Adds minute means of heart rate; those are used for minutes without readings of their own. */
  minuteMeansByClock(): (localMs: number, value: number) => void;
  sleepMinutesByClock(): (logId: string, localMs: number, stage: SleepStage) => void;
  /** What the vendor says of a local day. */
  day(day: string, said: Omit<DailySummary, 'day' | 'source'>): void;
  /** What the vendor says of the night that ended on a local day; exports repeat some of them. */
  night(day: string, said: Omit<DailySummary, 'day' | 'source'>): void;
  /** To be called once, when all files are read. */
  finish(): void;
}

const minuteMs = 60_000;

/** Collects one person's tables, `source` being the slug of what the readings come from. */
export function fitabasePerson(source: string, options: ReadOptions): FitabasePerson {
  const { sink, zone } = options;
  const clocks: LocalClock[] = [];
  const newClock = (): LocalClock => {
    const clock = localClock(zone);
    clocks.push(clock);
    return clock;
  };
  const sleep = sleepLog(source, zone);
  const days = dayLog(source);
  const minutesWithReadings = new Set<number>();
  const means: { readonly timeMs: number; readonly value: number }[] = [];
  let withoutPulse = 0;
  sink.sensor({ source, label: 'Fitbit', manufacturer: 'Fitbit' });

  const addTo = (series: SeriesSink, timeMs: number, value: number): void =>
    series.add(timeMs, zone.offsetAt(timeMs), value);

  return {
    seriesByClock(signal) {
      const clock = newClock();
      const series = sink.series(signal, source, 0);
      if (signal !== 'heart-rate') {
        return (localMs, value) => addTo(series, clock.instantOf(localMs), value);
      }
      return (localMs, value) => {
        const timeMs = clock.instantOf(localMs);
        if (isWithoutPulse(value)) withoutPulse += 1;
        else {
          minutesWithReadings.add(Math.floor(timeMs / minuteMs));
          addTo(series, timeMs, value);
        }
      };
    },
    minuteMeansByClock() {
      const clock = newClock();
      return (localMs, value) => {
        const timeMs = clock.instantOf(localMs);
        if (isWithoutPulse(value)) withoutPulse += 1;
        else means.push({ timeMs, value });
      };
    },
    sleepMinutesByClock() {
      const clock = newClock();
      return (logId, localMs, stage) => sleep.add(logId, clock.instantOf(localMs), stage);
    },
    day: days.add,
    night: days.addNight,
    finish() {
      const series = means.length > 0 ? sink.series('heart-rate', source, 0) : undefined;
      for (const { timeMs, value } of means) {
        if (minutesWithReadings.has(Math.floor(timeMs / minuteMs))) continue;
        if (series !== undefined) addTo(series, timeMs, value);
      }
      for (const episode of sleep.episodes()) sink.sleep(episode);
      for (const summary of days.all()) sink.summary(summary);
      const skipped = clocks.reduce((sum, clock) => sum + clock.skippedTimes, 0);
      for (const text of [...days.warnings(), ...oddities(skipped, withoutPulse, zone.timeZone)]) {
        sink.warn(text);
      }
    },
  };
}

/** Fitbit writes 0 where the optical sensor found no pulse. */
function isWithoutPulse(value: number): boolean {
  return value === 0;
}

function oddities(skippedTimes: number, withoutPulse: number, timeZone: string): string[] {
  const texts: string[] = [];
  if (skippedTimes > 0) {
    texts.push(
      `Times in an hour that the clocks of ${timeZone} skip (moved forward): ${skippedTimes}. ` +
        'Was the wearer in another time zone?',
    );
  }
  if (withoutPulse > 0) texts.push(`Heart rates of 0, left out as no pulse: ${withoutPulse}.`);
  return texts;
}
