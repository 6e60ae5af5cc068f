// Instants come in UTC, because the server does not know where the reader is.

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

for (const element of document.querySelectorAll<HTMLTimeElement>('time[data-local-time]')) {
  const date = new Date(element.dateTime);
  if (!Number.isNaN(date.getTime())) element.textContent = format.format(date);
}
