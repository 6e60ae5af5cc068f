export { columnBuilder, type BuiltColumns, type ColumnBuilder } from './series/column-builder.ts';
export { decodeDailySummaries, encodeDailySummaries } from './records/daily-summary-codec.ts';
export { decimalText } from './document/decimals.ts';
export { digestOf } from './document/digest.ts';
export type {
  DailySummary,
  Episode,
  Rollup,
  Sensor,
  SleepEpisode,
  SleepStage,
  SleepStageInterval,
  StressEpisode,
} from './records/episodes.ts';
export { expand } from './series/expand.ts';
export {
  formatInstant,
  localDay,
  localMonth,
  parseInstant,
  type OffsetInstant,
} from './document/instants.ts';
export { splitByLocalMonth } from './series/local-months.ts';
export { mergeColumns, type MergedColumns } from './series/merge-columns.ts';
export { mergeDailySummaries, mergeSleep, mergeStress } from './records/merge-episodes.ts';
export { decodeReadings, seriesToReadings, type ReadingsAbout } from './series/readings.ts';
export { RDF_TYPE, SOSA, XSD } from './terms/reused-terms.ts';
export { decodeRollups } from './statistics/rollup-decoder.ts';
export { encodeRollups, type RollupYear } from './statistics/rollup-encoder.ts';
export { replaceMonth, rollUp, type Rollups } from './statistics/rollup.ts';
export { decodeSensor, encodeSensor, sensorIriOf } from './records/sensor-codec.ts';
export { decodeSeries, type SensedSeries } from './series/series-decoder.ts';
export { encodeSeries } from './series/series-encoder.ts';
export type { DocumentPlace, ReadingColumns, Series } from './series/series.ts';
export { signalNames, signalOf, signals, type Signal, type SignalName } from './signals.ts';
export { decodeSleep, encodeSleep } from './records/sleep-codec.ts';
export { decodeStress, encodeStress } from './records/stress-codec.ts';
export { PROPERTY, PROPERTY_NS, STAGE, WELL, WELL_NS } from './terms/terms.ts';
export { readDocument } from './document/turtle-document.ts';
export { VocabularyError, type VocabularyErrorCode } from './document/vocabulary-error.ts';
