import type { SignalName } from '../signals.ts';

/**
 * Readings of one signal from one source as parallel columns: ascending in time, one value an
 * instant. Values are integers, `value × 10^scale`, so that nothing is lost to floating point.
 */
export interface ReadingColumns {
  /** UTC epoch milliseconds. */
  readonly timesMs: Float64Array;
  /** The wearer's offset from UTC at each reading, in minutes. */
  readonly utcOffsetMinutes: Int16Array;
  readonly scaledValues: Int32Array;
  readonly scale: number;
}

/** What one document holds: a month (local, `YYYY-MM`) of one signal from one source. */
export interface Series extends ReadingColumns {
  readonly signal: SignalName;
  /** Slug of the source, `fitbit-8877689391`: [a-z0-9-]+. */
  readonly source: string;
  readonly month: string;
  /** IANA zone of the wearer. */
  readonly timeZone: string;
}

/** Where a document lies, and the sensor its data came from. */
export interface DocumentPlace {
  /** Absolute, without a fragment. */
  readonly documentUrl: string;
  readonly sensorIri: string;
}
