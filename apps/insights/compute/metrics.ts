import type { DayInsight, Metric } from './insights-types.ts';

/** How a daily signal is called and read from a day. */
export interface MetricDefinition {
  readonly metric: Metric;
  readonly label: string;
  readonly unit: string;
  valueOf(day: DayInsight): number | null;
}

/** The daily signals that trends and blends compare. */
export const metrics: Readonly<Record<Metric, MetricDefinition>> = {
  steps: { metric: 'steps', label: 'Steps', unit: 'steps', valueOf: wornSteps },
  heartRate: {
    metric: 'heartRate',
    label: 'Mean heart rate',
    unit: 'bpm',
    valueOf: ({ heartRate }) => heartRate?.mean ?? null,
  },
  restingHeartRate: {
    metric: 'restingHeartRate',
    label: 'Resting heart rate',
    unit: 'bpm',
    valueOf: ({ restingHeartRate }) => restingHeartRate,
  },
  asleepMinutes: {
    metric: 'asleepMinutes',
    label: 'Time asleep',
    unit: 'min',
    valueOf: ({ sleep }) => sleep?.asleepMinutes ?? null,
  },
  skinConductance: {
    metric: 'skinConductance',
    label: 'Skin conductance',
    unit: 'µS',
    valueOf: ({ skinConductance }) => skinConductance?.mean ?? null,
  },
};

/** A day of no step and no heart rate is a device in a drawer, not a day of rest. */
function wornSteps({ steps, heartRate }: DayInsight): number | null {
  return steps === 0 && heartRate === null ? null : steps;
}
