import type { JSX } from 'preact';

const inUtc = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** An instant, in UTC as sent and in the reader's own zone once the client module ran. */
export function LocalTime({ date }: { readonly date: Date }): JSX.Element {
  return (
    <time dateTime={date.toISOString()} data-local-time>
      {`${inUtc.format(date)} UTC`}
    </time>
  );
}
