import type { Evidence } from './daily-evidence.ts';
import { bestSensorDays, heartRateOfDays, type SensorDay } from './heart-rate-of-days.ts';
import type {
  DayBasis,
  DayInsight,
  HeartRateOfDay,
  SkinConductanceOfDay,
  SleepOfDay,
  StressOfDay,
} from './insights-types.ts';
import { localMsOf } from './local-time.ts';
import { restingHeartRates } from './resting-heart-rate.ts';
import { skinConductanceOfDays } from './skin-conductance-of-days.ts';
import { sleepsByDay, totalSleep, type Sleep } from './sleep-of-days.ts';
import { stepsOfReadings, vendorValues } from './steps-of-days.ts';
import { stressMarks, stressOfDays } from './stress-of-days.ts';

/** Days in order, and where their numbers come from, side by side. */
export interface Days {
  readonly days: readonly DayInsight[];
  readonly basis: readonly DayBasis[];
}

/** Every measure by day. */
interface Measures {
  readonly sensorDays: ReadonlyMap<string, SensorDay>;
  readonly heartRate: ReadonlyMap<string, HeartRateOfDay>;
  readonly vendorSteps: ReadonlyMap<string, number>;
  readonly readSteps: ReadonlyMap<string, number>;
  readonly vendorSleep: ReadonlyMap<string, SleepOfDay>;
  readonly sleeps: ReadonlyMap<string, readonly Sleep[]>;
  readonly resting: RestingHeartRates;
  readonly skinConductance: ReadonlyMap<string, SkinConductanceOfDay>;
  readonly stress: ReadonlyMap<string, StressOfDay>;
}

/** Every day on which anything was measured. */
export function daysOfEvidence(evidence: Evidence, asked: { readonly stress: boolean }): Days {
  const measures = measuresOf(evidence, asked);
  const { heartRate, vendorSteps, readSteps, vendorSleep, sleeps, resting, stress } = measures;
  const measured = [heartRate, vendorSteps, readSteps, vendorSleep, sleeps, resting.values, stress];
  const dates = [...new Set(measured.flatMap((values) => [...values.keys()]))].toSorted();
  return {
    days: dates.map((date) => dayOf(date, measures)),
    basis: dates.map((date) => basisOf(date, measures)),
  };
}

function measuresOf(evidence: Evidence, { stress }: { readonly stress: boolean }): Measures {
  const sensorDays = bestSensorDays(evidence.heartRateByTenMinutes.rows);
  const sleeps = sleepsByDay(evidence.nights.rows);
  return {
    sensorDays,
    sleeps,
    heartRate: heartRateOfDays(evidence.heartRateByDay.rows, sensorDays),
    vendorSteps: vendorValues(evidence.vendorSteps.rows),
    readSteps: stepsOfReadings(evidence.stepsByDay.rows),
    vendorSleep: vendorSleepOf(evidence),
    resting: restingOf(evidence, sleeps, sensorDays),
    skinConductance: skinConductanceOfDays(evidence.skinConductanceByDay.rows),
    stress: stress
      ? stressOfDays(stressMarks(evidence.stressMarks.rows), {
          heartRate: evidence.heartRateByMinute.rows,
          skinConductance: evidence.skinConductanceByMinute.rows,
          measuredDays: evidence.skinConductanceByDay.rows.flatMap(({ day }) => day ?? []),
        })
      : new Map(),
  };
}

function dayOf(date: string, measures: Measures): DayInsight {
  const { vendorSteps, readSteps, heartRate, resting, vendorSleep, sleeps } = measures;
  return {
    date,
    steps: vendorSteps.get(date) ?? readSteps.get(date) ?? null,
    heartRate: heartRate.get(date) ?? null,
    restingHeartRate: resting.values.get(date) ?? null,
    sleep: vendorSleep.get(date) ?? totalSleep(sleeps.get(date) ?? []),
    skinConductance: measures.skinConductance.get(date) ?? null,
    stress: measures.stress.get(date) ?? null,
  };
}

function basisOf(date: string, measures: Measures): DayBasis {
  const { vendorSteps, readSteps, resting, vendorSleep, sleeps, sensorDays } = measures;
  const sensorDay = sensorDays.get(date);
  return {
    date,
    steps: vendorSteps.has(date) ? 'vendor' : readSteps.has(date) ? 'readings' : null,
    sleep: vendorSleep.has(date) ? 'vendor' : sleeps.has(date) ? 'episodes' : null,
    restingHeartRate: resting.values.has(date) ? resting.basis : null,
    heartRateSensor: sensorDay?.sensor ?? null,
    heartRateBlocks: sensorDay?.blocks.size ?? 0,
  };
}

/** A day's totals of the vendor, where it says both. */
function vendorSleepOf({ vendorAsleep, vendorInBed }: Evidence) {
  const asleep = vendorValues(vendorAsleep.rows);
  const inBed = vendorValues(vendorInBed.rows);
  return new Map(
    [...asleep].flatMap(([day, asleepMinutes]) => {
      const inBedMinutes = inBed.get(day);
      return inBedMinutes === undefined ? [] : [[day, { asleepMinutes, inBedMinutes }] as const];
    }),
  );
}

interface RestingHeartRates {
  readonly values: ReadonlyMap<string, number>;
  readonly basis: 'readings' | 'vendor';
}

/** Computed values, or the vendor's where none could be computed: never a mix of two methods. */
function restingOf(
  evidence: Evidence,
  sleeps: ReadonlyMap<string, readonly Sleep[]>,
  sensorDays: ReadonlyMap<string, SensorDay>,
): RestingHeartRates {
  const moving = evidence.stepsByTenMinutes.rows.flatMap(({ block }) =>
    block === undefined ? [] : [localMsOf(`${block}0`)],
  );
  const computed = restingHeartRates(sensorDays, {
    sleeps,
    movingBlocks: new Set(moving),
    daysWithSteps: new Set(evidence.stepsByDay.rows.flatMap(({ day }) => day ?? [])),
  });
  if (computed.size > 0) return { values: computed, basis: 'readings' };
  return { values: vendorValues(evidence.vendorRestingHeartRate.rows), basis: 'vendor' };
}
