// Generated from wellness.ttl by generate.ts: change it there.
import { DataFactory } from 'n3';

const { namedNode } = DataFactory;

/** Namespace of `WELL`. */
export const WELL_NS = 'https://w3id.org/wellpod/wellness#';

/** Classes, properties and datatypes of `wellness.ttl`. */
export const WELL = {
  Reading: namedNode(`${WELL_NS}Reading`),
  HeartRate: namedNode(`${WELL_NS}HeartRate`),
  InterBeatInterval: namedNode(`${WELL_NS}InterBeatInterval`),
  SkinTemperature: namedNode(`${WELL_NS}SkinTemperature`),
  ElectrodermalActivity: namedNode(`${WELL_NS}ElectrodermalActivity`),
  Steps: namedNode(`${WELL_NS}Steps`),
  StressLevel: namedNode(`${WELL_NS}StressLevel`),
  Series: namedNode(`${WELL_NS}Series`),
  Segment: namedNode(`${WELL_NS}Segment`),
  deltas: namedNode(`${WELL_NS}deltas`),
  deltaRuns: namedNode(`${WELL_NS}deltaRuns`),
  readingClass: namedNode(`${WELL_NS}readingClass`),
  segment: namedNode(`${WELL_NS}segment`),
  scale: namedNode(`${WELL_NS}scale`),
  period: namedNode(`${WELL_NS}period`),
  tick: namedNode(`${WELL_NS}tick`),
  offsets: namedNode(`${WELL_NS}offsets`),
  values: namedNode(`${WELL_NS}values`),
  digest: namedNode(`${WELL_NS}digest`),
  source: namedNode(`${WELL_NS}source`),
  month: namedNode(`${WELL_NS}month`),
  year: namedNode(`${WELL_NS}year`),
  timeZone: namedNode(`${WELL_NS}timeZone`),
  day: namedNode(`${WELL_NS}day`),
  start: namedNode(`${WELL_NS}start`),
  end: namedNode(`${WELL_NS}end`),
  Episode: namedNode(`${WELL_NS}Episode`),
  SleepEpisode: namedNode(`${WELL_NS}SleepEpisode`),
  SleepStageInterval: namedNode(`${WELL_NS}SleepStageInterval`),
  StressEpisode: namedNode(`${WELL_NS}StressEpisode`),
  SleepStage: namedNode(`${WELL_NS}SleepStage`),
  stage: namedNode(`${WELL_NS}stage`),
  sleepStage: namedNode(`${WELL_NS}sleepStage`),
  sourceRecordId: namedNode(`${WELL_NS}sourceRecordId`),
  asleepMinutes: namedNode(`${WELL_NS}asleepMinutes`),
  inBedMinutes: namedNode(`${WELL_NS}inBedMinutes`),
  DailySummary: namedNode(`${WELL_NS}DailySummary`),
  stepCount: namedNode(`${WELL_NS}stepCount`),
  sleepRecords: namedNode(`${WELL_NS}sleepRecords`),
  restingHeartRate: namedNode(`${WELL_NS}restingHeartRate`),
  Rollup: namedNode(`${WELL_NS}Rollup`),
  HourlyRollups: namedNode(`${WELL_NS}HourlyRollups`),
  RollupDocument: namedNode(`${WELL_NS}RollupDocument`),
  count: namedNode(`${WELL_NS}count`),
  sum: namedNode(`${WELL_NS}sum`),
  sumOfSquares: namedNode(`${WELL_NS}sumOfSquares`),
  min: namedNode(`${WELL_NS}min`),
  max: namedNode(`${WELL_NS}max`),
  hours: namedNode(`${WELL_NS}hours`),
  counts: namedNode(`${WELL_NS}counts`),
  sums: namedNode(`${WELL_NS}sums`),
  sumsOfSquares: namedNode(`${WELL_NS}sumsOfSquares`),
  minima: namedNode(`${WELL_NS}minima`),
  maxima: namedNode(`${WELL_NS}maxima`),
  WearableSensor: namedNode(`${WELL_NS}WearableSensor`),
  manufacturer: namedNode(`${WELL_NS}manufacturer`),
  model: namedNode(`${WELL_NS}model`),
} as const;

/** Namespace of `PROPERTY`. */
export const PROPERTY_NS = 'https://w3id.org/wellpod/wellness/property#';

/** Observed properties of `wellness.ttl`. */
export const PROPERTY = {
  heartRate: namedNode(`${PROPERTY_NS}heartRate`),
  interBeatInterval: namedNode(`${PROPERTY_NS}interBeatInterval`),
  skinTemperature: namedNode(`${PROPERTY_NS}skinTemperature`),
  electrodermalActivity: namedNode(`${PROPERTY_NS}electrodermalActivity`),
  steps: namedNode(`${PROPERTY_NS}steps`),
  stressLevel: namedNode(`${PROPERTY_NS}stressLevel`),
} as const;

/** Namespace of `STAGE`. */
export const STAGE_NS = 'https://w3id.org/wellpod/wellness/stage#';

/** Sleep stages of `wellness.ttl`. */
export const STAGE = {
  awake: namedNode(`${STAGE_NS}awake`),
  restless: namedNode(`${STAGE_NS}restless`),
  asleep: namedNode(`${STAGE_NS}asleep`),
  light: namedNode(`${STAGE_NS}light`),
  deep: namedNode(`${STAGE_NS}deep`),
  rem: namedNode(`${STAGE_NS}rem`),
} as const;
