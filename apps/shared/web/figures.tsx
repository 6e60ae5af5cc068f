import type { ComponentChildren, JSX } from 'preact';

/** One number with its name. */
export interface FigureProps {
  readonly label: string;
  /** `undefined` where it was not measured. */
  readonly value: ComponentChildren | undefined;
  readonly unit?: string;
  /** Larger than its neighbours. */
  readonly main?: boolean;
}

/** Numbers side by side, each under its name. */
export function Figures({ figures }: { readonly figures: readonly FigureProps[] }): JSX.Element {
  return (
    <dl class="figures">
      {figures.map(({ label, value, unit, main }) => (
        <div key={label} class={main === true ? 'main-figure' : undefined}>
          <dt>{label}</dt>
          <dd>
            {value === undefined ? <span class="no-value">–</span> : value}
            {value === undefined || unit === undefined ? null : <span class="unit">{unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
