import type { Evidence } from './daily-evidence.ts';
import { bestSensorDays, heartRateOfDays } from './heart-rate-of-days.ts';
import type { DayBasis, DayInsight } from './insights-types.ts';
import { localMsOf } from './local-time.ts';
import { restingHeartRates } from './resting-heart-rate.ts';
import { sleepsByDay, totalSleep, type Sleep } from './sleep-of-days.ts';
import { stepsOfReadings, vendorValues } from './steps-of-days.ts';
import { stressMarks, stressOfDays } from './stress-of-days.ts';

/** Days in order, and where their numbers come from, side by side. */
export interface Days {
  readonly days: readonly DayInsight[];
  readonly basis: readonly DayBasis[];
}

/** Every day on which anything was measured. */
export function daysOfEvidence(evidence: Evidence): Days {
  const sensorDays = bestSensorDays(evidence.heartRateByTenMinutes.rows);
  const heartRate = heartRateOfDays(evidence.heartRateByDay.rows, sensorDays);
  const vendorSteps = vendorValues(evidence.vendorSteps.rows);
  const readSteps = stepsOfReadings(evidence.stepsByDay.rows);
  const sleeps = sleepsByDay(evidence.nights.rows);
  const vendorSleep = vendorSleepOf(evidence);
  const resting = restingOf(evidence, sleeps, sensorDays);
  const stress = stressOfDays(stressMarks(evidence.stressMarks.rows), {
    heartRate: evidence.heartRateByMinute.rows,
    skinConductance: evidence.skinConductanceByMinute.rows,
    measuredDays: evidence.skinConductanceByDay.rows.flatMap(({ day }) => day ?? []),
  });
  const measured = [heartRate, vendorSteps, readSteps, sleeps, vendorSleep, resting.values, stress];
  const dates = new Set(measured.flatMap((values) => [...values.keys()]));
  const rows = [...dates].toSorted().map((date) => ({
    day: {
      date,
      steps: vendorSteps.get(date) ?? readSteps.get(date) ?? null,
      heartRate: heartRate.get(date) ?? null,
      restingHeartRate: resting.values.get(date) ?? null,
      sleep: vendorSleep.get(date) ?? totalSleep(sleeps.get(date) ?? []),
      stress: stress.get(date) ?? null,
    },
    basis: {
      date,
      steps: vendorSteps.has(date) ? 'vendor' : readSteps.has(date) ? 'readings' : null,
      sleep: vendorSleep.has(date) ? 'vendor' : sleeps.has(date) ? 'episodes' : null,
      restingHeartRate: resting.values.has(date) ? resting.basis : null,
      heartRateSensor: sensorDays.get(date)?.sensor ?? null,
      heartRateBlocks: sensorDays.get(date)?.blocks.size ?? 0,
    } satisfies DayBasis,
  }));
  return { days: rows.map(({ day }) => day), basis: rows.map(({ basis }) => basis) };
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

/** Computed values, or the vendor's where none could be computed: never a mix of two methods. */
function restingOf(
  evidence: Evidence,
  sleeps: ReadonlyMap<string, readonly Sleep[]>,
  sensorDays: ReturnType<typeof bestSensorDays>,
): { readonly values: ReadonlyMap<string, number>; readonly basis: 'readings' | 'vendor' } {
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
