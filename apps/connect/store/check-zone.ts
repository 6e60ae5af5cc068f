import { ImportError } from '../import-error.ts';

/** How wall-clock times were read: the zone, and the offsets from UTC that came of it. */
export interface Clock {
  readonly timeZone: string;
  readonly offsets: ReadonlySet<number>;
}

/**
 * Refuses to read wall-clock times of a device in another zone than the pod holds them in: the same
 * minutes would be other instants, and everything would be there twice. Zones that gave the same
 * offsets are as good as the same.
 * @throws ImportError `IMPORT_TIME_ZONE`.
 */
export function checkZone(existing: Clock, incoming: Clock, url: string): void {
  if (existing.timeZone === incoming.timeZone || existing.timeZone === '') return;
  const isSameClock =
    existing.offsets.size === incoming.offsets.size &&
    [...existing.offsets].every((offset) => incoming.offsets.has(offset));
  if (isSameClock) return;
  throw new ImportError(
    'IMPORT_TIME_ZONE',
    `the pod holds these readings as ${existing.timeZone} time, and now they would be read as ` +
      `${incoming.timeZone} time and be there twice. Import with the time zone ${existing.timeZone}.`,
    { file: new URL(url).pathname },
  );
}
