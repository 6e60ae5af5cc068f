import type { JSX } from 'preact';
import { Card } from '../../../shared/web/card.tsx';
import { ChartFigure } from '../../../shared/web/chart-figure.tsx';
import { Figures } from '../../../shared/web/figures.tsx';
import type { DayBasis, DayInsight, InsightMethod } from '../../compute/insights-types.ts';
import { Basis } from '../basis.tsx';
import { clock, stepsDay, type AmountSpan } from '../charts/day-charts.ts';
import type { DayDetail } from '../day-detail.ts';
import { countWords, manyWords } from '../words.ts';
import { CourseNotice } from './course-notice.tsx';
import { NotMeasured } from './not-measured.tsx';

interface StepsCardProps {
  readonly day: DayInsight | undefined;
  /** Whose total is shown. */
  readonly from: DayBasis['steps'] | undefined;
  readonly course: DayDetail['steps'];
  readonly insight: InsightMethod;
}

/** Steps of one day: the total, and the hours they were made in. */
export function StepsCard({ day, from, course, insight }: StepsCardProps): JSX.Element {
  const spans = course.kind === 'read' ? course.spans : [];
  const busiest = spans.reduce<AmountSpan | undefined>(
    (most, span) => (span.amount > (most?.amount ?? 0) ? span : most),
    undefined,
  );
  return (
    <Card title="Steps" icon="steps" class="signal-steps half">
      {day?.steps == null ? (
        <NotMeasured what="step" />
      ) : (
        <Figures
          figures={[
            { label: 'Total', value: countWords(day.steps), main: true },
            {
              label: 'Busiest hour',
              value: busiest === undefined ? undefined : clock(busiest.fromHour),
            },
          ]}
        />
      )}
      {busiest === undefined ? null : (
        <ChartFigure
          draw={(width) => stepsDay(spans, width)}
          table={{
            caption: 'Steps by hour',
            columns: [{ heading: 'Hour' }, { heading: 'Steps', numeric: true }],
            rows: spans.map(({ fromHour, toHour, amount }) => [
              `${clock(fromHour)}–${clock(toHour)}`,
              countWords(amount),
            ]),
          }}
        />
      )}
      <CourseNotice course={course} />
      <Basis
        insight={insight}
        n={from === 'vendor' ? '1 daily total of the vendor' : manyWords(spans.length, 'hour')}
        beside={course.kind === 'read' ? course.asked : undefined}
      />
    </Card>
  );
}
