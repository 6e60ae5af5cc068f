import type { JSX } from 'preact';
import type { MissingSource } from '../../shared/query/index.ts';
import type { Person } from '../../shared/person.ts';
import { Icon } from '../../shared/web/icon.tsx';
import { renderPage } from '../../shared/web/page.tsx';
import type { InsightsReport } from '../compute/insights-types.ts';
import { HeartRateCard } from './cards/heart-rate-card.tsx';
import { SleepCard } from './cards/sleep-card.tsx';
import { StepsCard } from './cards/steps-card.tsx';
import { StressCard } from './cards/stress-card.tsx';
import type { DayDetail } from './day-detail.ts';
import { insightsAssets } from './insights-assets.ts';
import { MissingNotice } from './provenance.tsx';
import { longDayWords } from './words.ts';

interface TodayPageProps {
  readonly person: Person;
  readonly day: string;
  /** Days with data, ascending. */
  readonly days: readonly string[];
  readonly report: InsightsReport;
  readonly detail: DayDetail;
  readonly missing: readonly MissingSource[];
}

/** One day: heart rate, steps, sleep and stress. */
export function renderTodayPage(props: TodayPageProps): string {
  const { person, day, days, report, detail, missing } = props;
  const insight = report.days.find(({ date }) => date === day);
  const basis = report.basis.find(({ date }) => date === day);
  const { methods } = report;
  return renderPage({
    title: longDayWords(day),
    person,
    currentPath: '/',
    styles: [insightsAssets.url('insights.css')],
    children: (
      <>
        <div class="page-head">
          <div>
            <h1>{longDayWords(day)}</h1>
            <p class="lead">
              {day === days.at(-1) ? 'Your latest day with readings.' : 'As your devices saw it.'}
            </p>
          </div>
          <DayPicker day={day} days={days} />
        </div>
        <div class="stack">
          <MissingNotice missing={missing} />
          <div class="grid">
            <HeartRateCard
              day={insight}
              course={detail.heartRate}
              sensor={basis?.heartRateSensor ?? undefined}
              insight={methods.heartRate}
            />
            <StepsCard
              day={insight}
              from={basis?.steps}
              course={detail.steps}
              insight={methods.steps}
            />
            <SleepCard day={insight} course={detail.sleep} insight={methods.sleep} />
            <StressCard day={insight} course={detail.stress} insight={methods.stress} />
          </div>
        </div>
      </>
    ),
  });
}

function DayPicker({ day, days }: Pick<TodayPageProps, 'day' | 'days'>): JSX.Element {
  const previous = days.findLast((known) => known < day);
  const next = days.find((known) => known > day);
  return (
    <nav class="day-picker" aria-label="Day">
      {previous === undefined ? null : (
        <a class="icon-button" href={`/?day=${previous}`} rel="prev">
          <Icon name="previous" />
          <span class="visually-hidden">Day before: {longDayWords(previous)}</span>
        </a>
      )}
      <form method="get" action="/">
        <label class="visually-hidden" for="day">
          Day
        </label>
        <input
          class="input"
          id="day"
          name="day"
          type="date"
          value={day}
          min={days[0]}
          max={days.at(-1)}
          required
        />
        <button class="button button-quiet" type="submit">
          Show
        </button>
      </form>
      {next === undefined ? null : (
        <a class="icon-button" href={`/?day=${next}`} rel="next">
          <Icon name="next" />
          <span class="visually-hidden">Day after: {longDayWords(next)}</span>
        </a>
      )}
    </nav>
  );
}
