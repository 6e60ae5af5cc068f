/** A span of time on the wearer's clock. `endMs` is exclusive. UTC epoch milliseconds. */
export interface Episode {
  readonly startMs: number;
  readonly endMs: number;
  readonly utcOffsetMinutes: number;
}

export type SleepStage = 'awake' | 'restless' | 'asleep' | 'light' | 'deep' | 'rem';

/** One sleep, with its stages where the device tells them. Belongs to the local day of waking. */
export interface SleepEpisode extends Episode {
  readonly source: string;
  readonly timeZone: string;
  /** The vendor's own identifier of the record. */
  readonly sourceRecordId?: string;
  readonly asleepMinutes: number;
  readonly inBedMinutes: number;
  readonly stages: readonly SleepStageInterval[];
}

export interface SleepStageInterval extends Episode {
  readonly stage: SleepStage;
}

/** A span in which the wearer, or the protocol of a study, marked stress (Empatica tags). */
export interface StressEpisode extends Episode {
  readonly source: string;
  readonly timeZone: string;
}

/** What a vendor says of a whole day. A field is absent where the vendor says nothing. */
export interface DailySummary {
  /** Local day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly source: string;
  readonly steps?: number;
  readonly asleepMinutes?: number;
  readonly inBedMinutes?: number;
  readonly sleepRecords?: number;
  readonly restingHeartRate?: number;
}

/** Statistics of one signal over a local day or a local hour. Decimal sums are exact. */
export interface Rollup {
  /** Local start: `YYYY-MM-DD` of a day, `YYYY-MM-DDTHH` of an hour. */
  readonly start: string;
  readonly count: number;
  /** Decimal text: exact however long the series. */
  readonly sum: string;
  readonly sumOfSquares: string;
  readonly min: string;
  readonly max: string;
}

/** A device that a source's readings come from. */
export interface Sensor {
  readonly source: string;
  readonly label: string;
  readonly manufacturer: string;
  readonly model?: string;
}
