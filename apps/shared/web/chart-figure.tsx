import type { ComponentChildren, JSX } from 'preact';
import { chartSvg, type ChartDrawing } from './chart-svg.ts';
import { DataTable, type Column } from './data-table.tsx';

/** Widths, in drawing units, of the two drawings of a chart: a phone's, and that of its place in the page. */
export interface ChartWidths {
  readonly narrow: number;
  readonly wide: number;
  /** True where the wide drawing should not grow with its place. */
  readonly limited?: boolean;
}

interface ChartFigureProps {
  readonly widths?: ChartWidths;
  /** Draws the chart for one width. */
  readonly draw: (width: number) => ChartDrawing;
  /** What colours and marks mean. */
  readonly legend?: ComponentChildren;
  /** The same values for those who can't see the picture, or want the numbers. */
  readonly table: {
    readonly caption: string;
    readonly columns: readonly Column[];
    readonly rows: readonly (readonly ComponentChildren[])[];
  };
}

const halfCard: ChartWidths = { narrow: 340, wide: 520 };

/**
 * A chart drawn twice, for narrow and wide boxes, since scaled text would be too small on one of
 * them; the style sheet shows the one that fits. Its values follow as a table.
 */
export function ChartFigure({
  widths = halfCard,
  draw,
  legend,
  table,
}: ChartFigureProps): JSX.Element {
  return (
    <figure class={widths.limited === true ? 'chart-figure chart-limited' : 'chart-figure'}>
      <div
        class="chart-narrow"
        dangerouslySetInnerHTML={{ __html: chartSvg(draw(widths.narrow)) }}
      />
      <div class="chart-wide" dangerouslySetInnerHTML={{ __html: chartSvg(draw(widths.wide)) }} />
      {legend === undefined ? null : <figcaption class="legend">{legend}</figcaption>}
      <details class="disclosure">
        <summary>Show the numbers</summary>
        <DataTable {...table} />
      </details>
    </figure>
  );
}
