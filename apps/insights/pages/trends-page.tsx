import type { JSX } from 'preact';
import type { Person } from '../../shared/person.ts';
import { renderPage } from '../../shared/web/page.tsx';
import type { InsightName, InsightsReport, Metric } from '../compute/insights-types.ts';
import { metrics } from '../compute/metrics.ts';
import { TrendCard } from './cards/trend-card.tsx';
import type { DayValue } from './charts/trend-charts.ts';
import { insightsAssets } from './insights-assets.ts';
import { MissingNotice } from './provenance.tsx';
import { trendWeeks } from './trend-weeks.ts';
import { longDayWords } from './words.ts';

interface TrendsPageProps {
  readonly person: Person;
  readonly weeks: number;
  /** First and last day shown. */
  readonly from: string;
  readonly to: string;
  readonly report: InsightsReport;
}

/** Some weeks of each measure, and the last seven days against the seven before. */
export function renderTrendsPage({ person, weeks, from, to, report }: TrendsPageProps): string {
  const { week, methods, missing } = report;
  return renderPage({
    title: 'Trends',
    person,
    currentPath: '/trends',
    styles: [insightsAssets.url('insights.css')],
    children: (
      <>
        <div class="page-head">
          <div>
            <h1>Trends</h1>
            <p class="lead">
              {week.from === null || week.to === null
                ? 'There is no whole day in these weeks.'
                : `${longDayWords(week.from)} to ${longDayWords(week.to)}, against the seven days before. An arrow points up or down only where chance is an unlikely reason.`}
            </p>
          </div>
          <WeeksPicker weeks={weeks} />
        </div>
        <div class="stack">
          <MissingNotice missing={missing} />
          <div class="grid">
            {week.comparisons.map((comparison) => (
              <TrendCard
                key={comparison.metric}
                comparison={comparison}
                values={valuesOf(report, comparison.metric)}
                from={from}
                to={to}
                insight={withMethodOf(methods.week, methods[insightOf[comparison.metric]])}
              />
            ))}
          </div>
        </div>
      </>
    ),
  });
}

/** The insight that each metric is a figure of. */
const insightOf: Readonly<Record<Metric, InsightName>> = {
  steps: 'steps',
  heartRate: 'heartRate',
  restingHeartRate: 'restingHeartRate',
  asleepMinutes: 'sleep',
  skinConductance: 'skinConductance',
};

/** A comparison rests on how its measure is made, and on the documents of that measure alone. */
function withMethodOf(
  week: InsightsReport['methods']['week'],
  metric: InsightsReport['methods']['week'],
): InsightsReport['methods']['week'] {
  return {
    ...metric,
    title: week.title,
    method: `${metric.method} ${week.method}`,
    source: `${metric.source}; ${week.source}`,
  };
}

function valuesOf({ days }: InsightsReport, metric: Metric): readonly DayValue[] {
  return days.flatMap((day) => {
    const value = metrics[metric].valueOf(day);
    return value === null ? [] : [{ day: day.date, value }];
  });
}

function WeeksPicker({ weeks }: { readonly weeks: number }): JSX.Element {
  return (
    <nav class="segments" aria-label="Time shown">
      {trendWeeks.map((count) => (
        <a
          key={count}
          href={`/trends?weeks=${count}`}
          aria-current={count === weeks ? 'true' : undefined}
        >
          {count} weeks
        </a>
      ))}
    </nav>
  );
}
