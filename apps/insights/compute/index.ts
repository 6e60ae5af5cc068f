export { computeInsights } from './compute-insights.ts';
export type {
  Blend,
  BlendSide,
  DayBasis,
  DayInsight,
  HeartRateOfDay,
  InsightMethod,
  InsightName,
  InsightsOptions,
  InsightsReport,
  Metric,
  SleepOfDay,
  StressOfDay,
  WeekComparison,
  WeekTrend,
} from './insights-types.ts';
