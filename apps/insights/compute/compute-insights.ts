import type { Query, QueryPod } from '../../shared/query/index.ts';
import { asking, type Asked } from './asking.ts';
import { blendOf, type PodsOfMetric } from './blend.ts';
import { gatherEvidence, type Evidence } from './daily-evidence.ts';
import { daysOfEvidence } from './days-of-evidence.ts';
import { methodOf } from './insight-methods.ts';
import type { InsightName, InsightsOptions, InsightsReport } from './insights-types.ts';
import { todayIn } from './local-time.ts';
import { weekTrend } from './week-trend.ts';

/**
 * Computes the first insights of one person from any number of pods. Every number comes from the
 * answers of `query`. @throws QueryError, and RangeError for a day that is not `YYYY-MM-DD` or an
 * unknown time zone.
 */
export async function computeInsights(
  query: Query,
  pods: readonly QueryPod[],
  options: InsightsOptions = {},
): Promise<InsightsReport> {
  const { timeZone, now = Date.now(), stress = true, signal, ...range } = options;
  const asked = asking(query, pods, signal);
  const evidence = await gatherEvidence(asked, range, { stress });
  const { days, basis } = daysOfEvidence(evidence, { stress });
  const answers = answersOf(evidence);
  const today = timeZone === undefined ? undefined : todayIn(timeZone, now);
  return {
    days,
    basis,
    week: weekTrend(days, today),
    blend: blendOf(days, podsOf(answers)),
    methods: {
      steps: methodOf('steps', answers.steps),
      heartRate: methodOf('heartRate', answers.heartRate),
      restingHeartRate: methodOf('restingHeartRate', answers.restingHeartRate),
      sleep: methodOf('sleep', answers.sleep),
      skinConductance: methodOf('skinConductance', answers.skinConductance),
      stress: methodOf('stress', answers.stress),
      week: methodOf('week', answers.week),
      blend: methodOf('blend', answers.blend),
    },
    missing: asked.missing(),
  };
}

/** The answers that each insight is computed from. */
function answersOf(evidence: Evidence): Readonly<Record<InsightName, readonly Asked[]>> {
  const steps = [evidence.vendorSteps, evidence.stepsByDay];
  const heartRate = [evidence.heartRateByDay, evidence.heartRateByTenMinutes];
  const sleep = [evidence.vendorAsleep, evidence.vendorInBed, evidence.nights];
  const restingHeartRate = [
    evidence.heartRateByTenMinutes,
    evidence.nights,
    evidence.stepsByTenMinutes,
    evidence.vendorRestingHeartRate,
  ];
  const stress = [
    evidence.stressMarks,
    evidence.skinConductanceByDay,
    evidence.heartRateByMinute,
    evidence.skinConductanceByMinute,
  ].filter(({ sparql }) => sparql !== '');
  const skinConductance = [evidence.skinConductanceByDay];
  const daily = [
    ...new Set([...steps, ...heartRate, ...sleep, ...restingHeartRate, ...skinConductance]),
  ];
  return {
    steps,
    heartRate,
    sleep,
    restingHeartRate,
    skinConductance,
    stress,
    week: daily,
    blend: daily,
  };
}

function podsOf(answers: ReturnType<typeof answersOf>): PodsOfMetric {
  const names = (asked: readonly Asked[]): readonly string[] => {
    const answered = asked.filter(({ rows }) => rows.length > 0);
    const pods = answered.flatMap(({ documents }) => documents.map(({ pod }) => pod));
    return [...new Set(pods)].toSorted();
  };
  // Rest is found with sleep and steps, but the signal itself is heart rate.
  const heartRate = names(answers.heartRate);
  return {
    steps: names(answers.steps),
    heartRate,
    restingHeartRate: heartRate,
    asleepMinutes: names(answers.sleep),
    skinConductance: names(answers.skinConductance),
  };
}
