import type { JSX } from 'preact';
import { Card } from '../../../shared/web/card.tsx';
import { ChartFigure } from '../../../shared/web/chart-figure.tsx';
import { Figures } from '../../../shared/web/figures.tsx';
import type { Blend, BlendSide, InsightMethod } from '../../compute/insights-types.ts';
import { Basis } from '../basis.tsx';
import { scatterChart, type ScatterAxis } from '../charts/trend-charts.ts';
import { metricViews } from '../metric-views.ts';
import { longDayWords, manyWords } from '../words.ts';

interface BlendCardProps {
  readonly blend: Blend;
  readonly insight: InsightMethod;
}

/** Two signals, each from its own pods, seen against each other. */
export function BlendCard({ blend, insight }: BlendCardProps): JSX.Element {
  const { left, right, lagDays, points, n, rho, p, interval, words } = blend;
  const axes = { x: axisOf(left), y: axisOf(right, lagDays) };
  return (
    <Card title={`${left.label} and ${right.label.toLowerCase()}`} icon="blend">
      <p class="finding">{words}</p>
      <Figures
        figures={[
          { label: 'Rank correlation ρ', value: signedNumber(rho), main: true },
          { label: '95 % interval', value: intervalWords(interval) },
          { label: 'p', value: p === null ? undefined : probability(p) },
          { label: 'Days', value: n },
        ]}
      />
      <dl class="sides">
        {[left, right].map(({ metric, label, pods }) => (
          <div key={metric}>
            <dt>{label}</dt>
            <dd>{pods.length === 0 ? 'in no pod' : `in ${pods.join(' and ')}`}</dd>
          </div>
        ))}
      </dl>
      {points.length === 0 ? null : (
        <ChartFigure
          widths={{ narrow: 340, wide: 720, limited: true }}
          draw={(width) => scatterChart(points, axes, width)}
          table={{
            caption: `${axes.y.label} against ${axes.x.label}, day by day`,
            columns: [
              { heading: 'Day' },
              { heading: axes.x.label, numeric: true },
              { heading: axes.y.label, numeric: true },
            ],
            rows: points.map((point) => [
              longDayWords(point.date),
              axes.x.view.words(point.left),
              axes.y.view.words(point.right),
            ]),
          }}
        />
      )}
      <Basis insight={insight} n={manyWords(n, 'day')} />
    </Card>
  );
}

function axisOf({ label, metric }: BlendSide, lagDays = 0): ScatterAxis {
  return { label: lagDays === 0 ? label : `${label}, the day after`, view: metricViews[metric] };
}

function signedNumber(value: number | null): string | undefined {
  if (value === null) return undefined;
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

function intervalWords(interval: Blend['interval']): string | undefined {
  return interval === null
    ? undefined
    : `${signedNumber(interval[0]) ?? ''} to ${signedNumber(interval[1]) ?? ''}`;
}

/** To two digits, as papers write it. */
function probability(p: number): string {
  return p < 0.001 ? '< 0.001' : p.toPrecision(2);
}
