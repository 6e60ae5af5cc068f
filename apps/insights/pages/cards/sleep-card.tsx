import type { JSX } from 'preact';
import { Card } from '../../../shared/web/card.tsx';
import { ChartFigure } from '../../../shared/web/chart-figure.tsx';
import { Figures } from '../../../shared/web/figures.tsx';
import type { DayInsight, InsightMethod } from '../../compute/insights-types.ts';
import { Basis } from '../basis.tsx';
import { clock, lanesChart, type LaneSpan } from '../charts/day-charts.ts';
import type { DayDetail } from '../day-detail.ts';
import { hoursWords, manyWords } from '../words.ts';
import { CourseNotice } from './course-notice.tsx';
import { NotMeasured } from './not-measured.tsx';

interface SleepCardProps {
  readonly day: DayInsight | undefined;
  readonly course: DayDetail['sleep'];
  readonly insight: InsightMethod;
}

// From shallow to deep, as hypnograms are drawn.
const laneOrder = ['Awake', 'REM', 'Restless', 'Light', 'Asleep', 'Deep', 'In bed'];

/** The sleep that ended on a day: how long, how much of the time in bed, and its course. */
export function SleepCard({ day, course, insight }: SleepCardProps): JSX.Element {
  const sleep = day?.sleep ?? undefined;
  const spans = course.kind === 'read' ? course.spans : [];
  const nights = new Set(
    course.kind === 'read' ? course.asked.rows.map((row) => row['night']) : [],
  );
  const efficiency =
    sleep === undefined || sleep.inBedMinutes === 0
      ? undefined
      : Math.round((sleep.asleepMinutes / sleep.inBedMinutes) * 100);
  return (
    <Card title="Sleep" icon="sleep" class="signal-sleep half" aside="night before, and naps">
      {sleep === undefined ? (
        <NotMeasured what="sleep" />
      ) : (
        <Figures
          figures={[
            { label: 'Asleep', value: hoursWords(sleep.asleepMinutes), main: true },
            { label: 'In bed', value: hoursWords(sleep.inBedMinutes) },
            { label: 'Efficiency', value: efficiency, unit: '%' },
          ]}
        />
      )}
      {spans.length === 0 ? null : <Hypnogram spans={spans} />}
      <CourseNotice course={course} />
      <Basis
        insight={insight}
        n={manyWords(nights.size, 'recorded sleep')}
        beside={course.kind === 'read' ? course.asked : undefined}
      />
    </Card>
  );
}

function Hypnogram({ spans }: { readonly spans: readonly LaneSpan[] }): JSX.Element {
  const used = new Set(spans.map(({ lane }) => lane));
  const known = laneOrder.filter((lane) => used.has(lane));
  const lanes = [...known, ...[...used].filter((lane) => !laneOrder.includes(lane))];
  const first = Math.floor(Math.min(...spans.map(({ fromHour }) => fromHour)));
  const last = Math.ceil(Math.max(...spans.map(({ toHour }) => toHour)));
  const description = `From ${clock(first)} to ${clock(last)}, in ${lanes.join(', ').toLowerCase()}.`;
  return (
    <ChartFigure
      draw={(width) =>
        lanesChart(
          spans,
          {
            title: 'Course of the sleep',
            description,
            lanes,
            color: 'var(--sleep)',
            hours: [first, last],
          },
          width,
        )
      }
      table={{
        caption: 'Course of the sleep',
        columns: [{ heading: 'From' }, { heading: 'To' }, { heading: 'State' }],
        rows: spans.map(({ fromHour, toHour, label }) => [clock(fromHour), clock(toHour), label]),
      }}
    />
  );
}
