import type { JSX } from 'preact';
import { Card } from '../../../shared/web/card.tsx';
import { ChartFigure } from '../../../shared/web/chart-figure.tsx';
import { Figures } from '../../../shared/web/figures.tsx';
import type { InsightMethod, WeekComparison } from '../../compute/insights-types.ts';
import { Basis } from '../basis.tsx';
import { trendChart, type DayValue } from '../charts/trend-charts.ts';
import { metricViews, type MetricView } from '../metric-views.ts';
import { longDayWords, manyWords } from '../words.ts';

interface TrendCardProps {
  readonly comparison: WeekComparison;
  readonly values: readonly DayValue[];
  /** First and last day shown. */
  readonly from: string;
  readonly to: string;
  readonly insight: InsightMethod;
}

/** One measure over the days shown, and its last seven days against the seven before. */
export function TrendCard(props: TrendCardProps): JSX.Element {
  const { comparison, values, from, to, insight } = props;
  const { label, metric, current, previous } = comparison;
  const view = metricViews[metric];
  return (
    <Card title={label} icon={view.icon} class={`signal-${view.icon} half`}>
      {values.length === 0 ? (
        <p class="muted">Not measured in these weeks.</p>
      ) : (
        <>
          <Change comparison={comparison} view={view} />
          <ChartFigure
            draw={(width) => trendChart(values, { title: label, view, from, to }, width)}
            table={{
              caption: `${label} by day`,
              columns: [{ heading: 'Day' }, { heading: label, numeric: true }],
              rows: values.map(({ day, value }) => [longDayWords(day), view.words(value)]),
            }}
          />
        </>
      )}
      <Basis insight={insight} n={`${manyWords(current.n, 'day')} against ${previous.n}`} />
    </Card>
  );
}

interface ChangeProps {
  readonly comparison: WeekComparison;
  readonly view: MetricView;
}

const arrows: Readonly<Record<WeekComparison['direction'], string>> = {
  up: '↑',
  down: '↓',
  'no clear change': '→',
  'not enough days': '·',
};

function Change({ comparison, view: { words } }: ChangeProps): JSX.Element {
  const { current, previous, difference, interval, direction } = comparison;
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${words(Math.abs(value))}`;
  return (
    <div>
      <Figures
        figures={[
          {
            label: 'Mean of 7 days',
            value: current.mean === null ? undefined : words(current.mean),
            main: true,
          },
          {
            label: '7 days before',
            value: previous.mean === null ? undefined : words(previous.mean),
          },
        ]}
      />
      <p class="change-line">
        <span class="change">
          <span aria-hidden="true">{arrows[direction]}</span>
          {difference === null ? direction : `${signed(difference)}, ${direction}`}
        </span>
        {interval === null ? null : (
          <span class="muted small">
            95 % interval {signed(interval[0])} to {signed(interval[1])}
          </span>
        )}
      </p>
    </div>
  );
}
