import { WELL } from '../terms/terms.ts';

/** What a vendor can say of a day: the field of `DailySummary` and its property. */
export const dailyMeasures = [
  ['steps', WELL.stepCount],
  ['asleepMinutes', WELL.asleepMinutes],
  ['inBedMinutes', WELL.inBedMinutes],
  ['sleepRecords', WELL.sleepRecords],
  ['restingHeartRate', WELL.restingHeartRate],
] as const;
