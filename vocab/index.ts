export { columnBuilder, type BuiltColumns, type ColumnBuilder } from './column-builder.ts';
export type {
  DailySummary,
  Episode,
  Rollup,
  Sensor,
  SleepEpisode,
  SleepStage,
  SleepStageInterval,
  StressEpisode,
} from './episodes.ts';
export { expand } from './expand.ts';
export {
  formatInstant,
  localDay,
  localMonth,
  parseInstant,
  type OffsetInstant,
} from './instants.ts';
export { splitByLocalMonth } from './local-months.ts';
export { mergeColumns, type MergedColumns } from './merge-columns.ts';
export { decodeReadings, seriesToReadings, type ReadingsAbout } from './readings.ts';
export { replaceMonth, rollUp, type Rollups } from './rollup.ts';
export { decodeSeries, type SensedSeries } from './series-decoder.ts';
export { encodeSeries } from './series-encoder.ts';
export type { DocumentPlace, ReadingColumns, Series } from './series.ts';
export { signalNames, signalOf, signals, type Signal, type SignalName } from './signals.ts';
export { PROPERTY, PROPERTY_NS, STAGE, STAGE_NS, WELL, WELL_NS } from './terms.ts';
export { VocabularyError, type VocabularyErrorCode } from './vocabulary-error.ts';
