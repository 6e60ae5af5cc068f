import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface CardProps {
  readonly title: string;
  readonly icon?: IconName;
  /** Small remark at the right of the title. */
  readonly aside?: ComponentChildren | undefined;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A titled box: one thing to know. */
export function Card({ title, icon, aside, children, ...rest }: CardProps): JSX.Element {
  return (
    <section class={['card', rest.class].filter(Boolean).join(' ')}>
      <div class="card-head">
        {icon === undefined ? null : <Icon name={icon} />}
        <h2>{title}</h2>
        {aside === undefined ? null : <span class="aside">{aside}</span>}
      </div>
      {children}
    </section>
  );
}

interface NoticeProps {
  readonly tone?: 'info' | 'good' | 'warn' | 'bad';
  readonly title: string;
  readonly children?: ComponentChildren;
}

/** Something the reader should know before going on; `bad` ones are read out at once. */
export function Notice({ tone = 'info', title, children }: NoticeProps): JSX.Element {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={tone === 'good' ? 'done' : 'notice'} />
      <div>
        <strong>{title}</strong>
        {children}
      </div>
    </div>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** Stands where data would be: says why there is none, and what to do about it. */
export function EmptyState({ icon, title, children }: EmptyProps): JSX.Element {
  return (
    <section class="card empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      {children}
    </section>
  );
}
