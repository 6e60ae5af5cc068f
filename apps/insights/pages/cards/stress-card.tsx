import type { JSX } from 'preact';
import { Card } from '../../../shared/web/card.tsx';
import { ChartFigure } from '../../../shared/web/chart-figure.tsx';
import { Figures, type FigureProps } from '../../../shared/web/figures.tsx';
import type { DayInsight, InsightMethod, StressOfDay } from '../../compute/insights-types.ts';
import { Basis } from '../basis.tsx';
import { clock, lanesChart, type LaneSpan } from '../charts/day-charts.ts';
import type { DayDetail } from '../day-detail.ts';
import { hoursWords, manyWords } from '../words.ts';
import { CourseNotice } from './course-notice.tsx';

interface StressCardProps {
  readonly day: DayInsight | undefined;
  readonly course: DayDetail['stress'];
  readonly insight: InsightMethod;
}

/** What was marked as stressful on a day, and what the body showed meanwhile. */
export function StressCard({ day, course, insight }: StressCardProps): JSX.Element {
  const stress = day?.stress ?? undefined;
  const spans = course.kind === 'read' ? course.spans : [];
  return (
    <Card title="Stress" icon="stress" class="signal-stress" aside="as marked by you or a study">
      {stress === undefined || stress.state === 'not marked' ? (
        <p class="muted">No stress was marked on this day.</p>
      ) : (
        <Marked stress={stress} />
      )}
      {spans.length === 0 ? null : <Marks spans={spans} />}
      <CourseNotice course={course} />
      <Basis
        insight={insight}
        n={`${manyWords(stress?.minutesInside ?? 0, 'minute')} inside the marks, ${manyWords(stress?.minutesOutside ?? 0, 'minute')} outside`}
        beside={course.kind === 'read' ? course.asked : undefined}
      />
    </Card>
  );
}

function Marked({ stress }: { readonly stress: StressOfDay }): JSX.Element {
  const { episodes, minutes, heartRateChange, skinConductanceChange, state } = stress;
  const figures: readonly FigureProps[] = [
    { label: 'Marked', value: minutes < 1 ? '< 1 min' : hoursWords(minutes), main: true },
    { label: 'Episodes', value: episodes },
    { label: 'Heart rate meanwhile', value: signed(heartRateChange, 1), unit: 'bpm' },
    { label: 'Skin conductance meanwhile', value: signed(skinConductanceChange, 2), unit: 'µS' },
  ];
  return (
    <>
      <Figures figures={figures} />
      {state === 'not measurable' ? (
        <p class="muted">
          Too few readings inside or outside the marks to say what the body showed.
        </p>
      ) : null}
    </>
  );
}

function signed(value: number | null, digits: number): string | undefined {
  if (value === null) return undefined;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
}

function Marks({ spans }: { readonly spans: readonly LaneSpan[] }): JSX.Element {
  const drawing = {
    title: 'Stress through the day',
    description: `${manyWords(spans.length, 'marked episode')}.`,
    lanes: ['Stress'],
    color: 'var(--stress)',
    hours: [0, 24],
  } as const;
  return (
    <ChartFigure
      widths={{ narrow: 340, wide: 1040 }}
      draw={(width) => lanesChart(spans, drawing, width)}
      table={{
        caption: 'Episodes marked as stressful',
        columns: [{ heading: 'From' }, { heading: 'To' }],
        rows: spans.map(({ fromHour, toHour }) => [clock(fromHour), clock(toHour)]),
      }}
    />
  );
}
