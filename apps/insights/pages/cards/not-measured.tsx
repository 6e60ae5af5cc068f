import type { JSX } from 'preact';

/** Stands in a card where the day has no data of its kind. */
export function NotMeasured({ what }: { readonly what: string }): JSX.Element {
  return <p class="muted">No {what} was measured on this day.</p>;
}
