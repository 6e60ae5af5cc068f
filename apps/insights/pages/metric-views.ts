import type { IconName } from '../../shared/web/icon.tsx';
import type { Metric } from '../compute/insights-types.ts';
import { countWords, hoursWords } from './words.ts';

/** How a daily metric is shown: its colour, its chart, and its values in words. */
export interface MetricView {
  readonly icon: IconName & ('heart' | 'steps' | 'sleep' | 'stress');
  readonly shape: 'bars' | 'line';
  /** For figures and tables, with the unit. */
  readonly words: (value: number) => string;
  /** For the axis of a chart: short. */
  readonly axisWords: (value: number) => string;
  /** Least distance of the axis's ticks, where powers of ten would be odd. */
  readonly tickStep?: number;
}

const beats = (value: number): string => `${value.toFixed(1)} bpm`;

/** The look of each metric. */
export const metricViews: Readonly<Record<Metric, MetricView>> = {
  steps: {
    icon: 'steps',
    shape: 'bars',
    words: (value) => `${countWords(value)} steps`,
    axisWords: countWords,
  },
  heartRate: { icon: 'heart', shape: 'line', words: beats, axisWords: countWords },
  restingHeartRate: { icon: 'heart', shape: 'line', words: beats, axisWords: countWords },
  asleepMinutes: {
    icon: 'sleep',
    shape: 'bars',
    words: hoursWords,
    axisWords: (minutes) => `${countWords(minutes / 60)} h`,
    tickStep: 60,
  },
  skinConductance: {
    icon: 'stress',
    shape: 'line',
    words: (value) => `${value.toFixed(2)} µS`,
    axisWords: (value) => value.toFixed(1),
  },
};
