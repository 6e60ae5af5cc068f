export { columnBuilder, type BuiltColumns, type ColumnBuilder } from './column-builder.ts';
export { decodeDailySummaries, encodeDailySummaries } from './daily-summary-codec.ts';
export { decimalText } from './decimals.ts';
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
export { mergeDailySummaries, mergeSleep, mergeStress } from './merge-episodes.ts';
export { decodeReadings, seriesToReadings, type ReadingsAbout } from './readings.ts';
export { RDF_TYPE, SOSA, XSD } from './reused-terms.ts';
export { decodeRollups } from './rollup-decoder.ts';
export { encodeRollups, type RollupYear } from './rollup-encoder.ts';
export { replaceMonth, rollUp, type Rollups } from './rollup.ts';
export { decodeSensor, encodeSensor, sensorIriOf } from './sensor-codec.ts';
export { decodeSeries, type SensedSeries } from './series-decoder.ts';
export { encodeSeries } from './series-encoder.ts';
export type { DocumentPlace, ReadingColumns, Series } from './series.ts';
export { signalNames, signalOf, signals, type Signal, type SignalName } from './signals.ts';
export { decodeSleep, encodeSleep } from './sleep-codec.ts';
export { decodeStress, encodeStress } from './stress-codec.ts';
export { PROPERTY, PROPERTY_NS, STAGE, WELL, WELL_NS } from './terms.ts';
export { readDocument } from './turtle-document.ts';
export { VocabularyError, type VocabularyErrorCode } from './vocabulary-error.ts';
