import type { AnsweringDocument, MissingSource } from '../../shared/query/index.ts';

/** What an insight rests on, shown wherever it is shown. */
export interface InsightMethod {
  readonly title: string;
  /** How it is computed and what it does not say, in plain words. */
  readonly method: string;
  /** Paper or document that the method follows. */
  readonly source: string;
  /** The SPARQL that its numbers came from. */
  readonly queries: readonly string[];
  readonly documents: readonly AnsweringDocument[];
  /** Parts of the queries that were computed on columns, in words. */
  readonly pushedDown: readonly string[];
}

/** Heart rate of a day in beats a minute; `n` readings. */
export interface HeartRateOfDay {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
  readonly n: number;
}

/** Mean skin conductance of a day in microsiemens; `n` readings. */
export interface SkinConductanceOfDay {
  readonly mean: number;
  readonly n: number;
}

export interface SleepOfDay {
  readonly asleepMinutes: number;
  readonly inBedMinutes: number;
}

/** Stress that the wearer, or a study's protocol, marked, and what the body showed. */
export interface StressOfDay {
  /** `not measurable`: marked, but with too few minutes of readings inside or outside the marks. */
  readonly state: 'measured' | 'not measurable' | 'not marked';
  /** Marked spans that begin on the day. */
  readonly episodes: number;
  readonly minutes: number;
  /** Mean inside the marks minus mean outside them, in beats a minute. */
  readonly heartRateChange: number | null;
  /** The same of skin conductance, in microsiemens. */
  readonly skinConductanceChange: number | null;
  /** Minutes of heart rate compared, inside and outside the marks. */
  readonly minutesInside: number;
  readonly minutesOutside: number;
}

/** One local day. `null` where it was not measured; days without any measurement are absent. */
export interface DayInsight {
  /** `YYYY-MM-DD`, on the wearer's clock. */
  readonly date: string;
  readonly steps: number | null;
  readonly heartRate: HeartRateOfDay | null;
  readonly restingHeartRate: number | null;
  readonly sleep: SleepOfDay | null;
  readonly skinConductance: SkinConductanceOfDay | null;
  readonly stress: StressOfDay | null;
}

/** Where a day's numbers come from. */
export interface DayBasis {
  readonly date: string;
  readonly steps: 'vendor' | 'readings' | null;
  readonly sleep: 'vendor' | 'episodes' | null;
  readonly restingHeartRate: 'readings' | 'vendor' | null;
  /** IRI of the sensor that the heart rate was taken from. */
  readonly heartRateSensor: string | null;
  /** Ten-minute blocks of the day with heart rate, of 144. */
  readonly heartRateBlocks: number;
}

export type Metric =
  'steps' | 'heartRate' | 'restingHeartRate' | 'asleepMinutes' | 'skinConductance';

/** Seven days against the seven before. */
export interface WeekComparison {
  readonly metric: Metric;
  readonly label: string;
  readonly unit: string;
  /** Days with a value, and their mean; `null` where there is none. */
  readonly current: { readonly n: number; readonly mean: number | null };
  readonly previous: { readonly n: number; readonly mean: number | null };
  /** Mean of the current days minus mean of the previous ones. */
  readonly difference: number | null;
  /** 95 % confidence interval of the difference; `null` where there are not enough days. */
  readonly interval: readonly [low: number, high: number] | null;
  /** A direction only where the interval excludes zero. */
  readonly direction: 'up' | 'down' | 'no clear change' | 'not enough days';
}

export interface WeekTrend {
  /** First and last day of the current seven; `null` where there is no day at all. */
  readonly from: string | null;
  readonly to: string | null;
  readonly comparisons: readonly WeekComparison[];
}

/** One side of a blend: a daily signal, and the pods that it came from. */
export interface BlendSide {
  readonly metric: Metric;
  readonly label: string;
  readonly unit: string;
  readonly pods: readonly string[];
}

/** Two daily signals of one person side by side. */
export interface Blend {
  readonly left: BlendSide;
  readonly right: BlendSide;
  /** The right day follows the left one by as many days. */
  readonly lagDays: 0 | 1;
  readonly points: readonly {
    readonly date: string;
    readonly left: number;
    readonly right: number;
  }[];
  readonly n: number;
  /** Spearman's rank correlation; `null` below the least number of days. */
  readonly rho: number | null;
  readonly p: number | null;
  readonly interval: readonly [low: number, high: number] | null;
  readonly relation: 'positive' | 'negative' | 'none found' | 'not enough days';
  /** The finding in one sentence. */
  readonly words: string;
}

export type InsightName =
  | 'steps'
  | 'heartRate'
  | 'restingHeartRate'
  | 'sleep'
  | 'skinConductance'
  | 'stress'
  | 'week'
  | 'blend';

/** Everything the first insights show. */
export interface InsightsReport {
  readonly days: readonly DayInsight[];
  readonly basis: readonly DayBasis[];
  readonly week: WeekTrend;
  /** `null` where there are no two daily signals. */
  readonly blend: Blend | null;
  readonly methods: Readonly<Record<InsightName, InsightMethod>>;
  /** What could not be asked: the report is partial where there is any. */
  readonly missing: readonly MissingSource[];
}

export interface InsightsOptions {
  /** First and last local day, `YYYY-MM-DD`, both included. */
  readonly from?: string;
  readonly to?: string;
  /** Zone of the viewer: today, there, is not over and is left out of the trend. */
  readonly timeZone?: string;
  /** UTC epoch milliseconds. */
  readonly now?: number;
  /** False leaves out the minutes around stress marks, the costliest part; `stress` is then `null`. */
  readonly stress?: boolean;
  readonly signal?: AbortSignal;
}
