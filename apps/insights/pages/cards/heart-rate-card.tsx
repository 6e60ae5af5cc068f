import type { JSX } from 'preact';
import { Card } from '../../../shared/web/card.tsx';
import { ChartFigure } from '../../../shared/web/chart-figure.tsx';
import { Figures } from '../../../shared/web/figures.tsx';
import type { DayInsight, InsightMethod } from '../../compute/insights-types.ts';
import { Basis } from '../basis.tsx';
import { clock, heartRateDay } from '../charts/day-charts.ts';
import type { DayDetail } from '../day-detail.ts';
import { countWords, manyWords } from '../words.ts';
import { CourseNotice } from './course-notice.tsx';
import { NotMeasured } from './not-measured.tsx';

interface HeartRateCardProps {
  readonly day: DayInsight | undefined;
  readonly course: DayDetail['heartRate'];
  /** IRI of the sensor that the day's figures are of. */
  readonly sensor: string | undefined;
  readonly insight: InsightMethod;
}

/** Heart rate of one day: its figures, its course, and what they rest on. */
export function HeartRateCard({ day, course, sensor, insight }: HeartRateCardProps): JSX.Element {
  const heartRate = day?.heartRate ?? undefined;
  const all = course.kind === 'read' ? course.spans : [];
  const spans = all.filter((span) => sensor === undefined || span.sensor === sensor);
  return (
    <Card title="Heart rate" icon="heart" class="signal-heart">
      {heartRate === undefined ? (
        <NotMeasured what="heart rate" />
      ) : (
        <Figures
          figures={[
            { label: 'Mean', value: heartRate.mean.toFixed(0), unit: 'bpm', main: true },
            { label: 'Lowest', value: countWords(heartRate.min), unit: 'bpm' },
            { label: 'Highest', value: countWords(heartRate.max), unit: 'bpm' },
            { label: 'Resting', value: day?.restingHeartRate?.toFixed(0), unit: 'bpm' },
          ]}
        />
      )}
      {spans.length === 0 ? null : (
        <ChartFigure
          widths={{ narrow: 340, wide: 1040 }}
          draw={(width) => heartRateDay(spans, width)}
          legend={
            <>
              <span class="legend-item key-heart">
                <span>mean of ten minutes</span>
              </span>
              <span class="legend-item legend-band key-heart">
                <span>lowest to highest</span>
              </span>
            </>
          }
          table={{
            caption: 'Heart rate in ten-minute steps, in beats a minute',
            columns: [
              { heading: 'Time' },
              { heading: 'Lowest', numeric: true },
              { heading: 'Mean', numeric: true },
              { heading: 'Highest', numeric: true },
              { heading: 'Readings', numeric: true },
            ],
            rows: spans.map(({ fromHour, toHour, min, mean, max, count }) => [
              `${clock(fromHour)}–${clock(toHour)}`,
              countWords(min),
              mean.toFixed(1),
              countWords(max),
              countWords(count),
            ]),
          }}
        />
      )}
      <CourseNotice course={course} />
      <Basis
        insight={insight}
        n={manyWords(heartRate?.n ?? 0, 'reading')}
        beside={course.kind === 'read' ? course.asked : undefined}
      />
    </Card>
  );
}
