import type { TextRow } from './asking.ts';
import type { StressOfDay } from './insights-types.ts';
import { dayOf, localMsOf } from './local-time.ts';
import { mean } from './statistics/describe.ts';

/** A marked span on the wearer's clock. */
export interface StressMark {
  readonly day: string;
  readonly sensor: string;
  readonly start: number;
  readonly end: number;
}

/** Minutes of each signal on the days with marks, and the days with any skin conductance. */
export interface StressReadings {
  readonly heartRate: readonly TextRow[];
  readonly skinConductance: readonly TextRow[];
  readonly measuredDays: readonly string[];
}

/** Minutes that are needed inside and outside the marks before their means are compared. */
const leastMinutes = 5;

export function stressMarks(rows: readonly TextRow[]): readonly StressMark[] {
  return rows.map(({ day, sensor, start, end }) => ({
    day: day ?? '',
    sensor: sensor ?? '',
    start: localMsOf(start ?? ''),
    end: localMsOf(end ?? ''),
  }));
}

/** What was marked on each day, and how heart rate and skin conductance differed within it. */
export function stressOfDays(
  marks: readonly StressMark[],
  readings: StressReadings,
): ReadonlyMap<string, StressOfDay> {
  const days = new Map<string, StressOfDay>(
    readings.measuredDays.map((day) => [day, notMarked] as const),
  );
  for (const day of new Set(marks.map((mark) => mark.day))) {
    const own = marks.filter((mark) => mark.day === day);
    const heartRate = changeWithin(own, readings.heartRate);
    const skinConductance = changeWithin(own, readings.skinConductance);
    const isMeasured = heartRate.change !== null || skinConductance.change !== null;
    days.set(day, {
      state: isMeasured ? 'measured' : 'not measurable',
      episodes: own.length,
      minutes: own.reduce((sum, { start, end }) => sum + (end - start) / 60_000, 0),
      heartRateChange: heartRate.change,
      skinConductanceChange: skinConductance.change,
      minutesInside: heartRate.inside,
      minutesOutside: heartRate.outside,
    });
  }
  return days;
}

const notMarked: StressOfDay = {
  state: 'not marked',
  episodes: 0,
  minutes: 0,
  heartRateChange: null,
  skinConductanceChange: null,
  minutesInside: 0,
  minutesOutside: 0,
};

/** Mean inside the marks minus mean outside them, by the sensor that the marks are of. */
function changeWithin(marks: readonly StressMark[], minutes: readonly TextRow[]) {
  const inside: number[] = [];
  const outside: number[] = [];
  for (const row of minutes) {
    const at = localMsOf(row['minute'] ?? '');
    const own = marks.filter(({ sensor, day }) => sensor === row['sensor'] && day === dayOf(at));
    if (own.length === 0) continue;
    const isInside = own.some(({ start, end }) => at >= start && at < end);
    (isInside ? inside : outside).push(Number(row['mean']));
  }
  const isEnough = inside.length >= leastMinutes && outside.length >= leastMinutes;
  return {
    change: isEnough ? mean(inside) - mean(outside) : null,
    inside: inside.length,
    outside: outside.length,
  };
}
