import type { DailySummary } from '../../../vocab/episodes.ts';

type Said = Omit<DailySummary, 'day' | 'source'>;

/** Gathers what the tables of an export say of each day into one summary a day. */
export interface DayLog {
  add(day: string, said: Said): void;
  /** As `add`, for a night; a repeated one is counted for the warnings. */
  addNight(day: string, said: Said): void;
  /** In order of days. */
  all(): readonly DailySummary[];
  warnings(): readonly string[];
}

/** Where two rows differ about the same thing, the greater value stays, whatever their order. */
export function dayLog(source: string): DayLog {
  const days = new Map<string, Said>();
  const nights = new Set<string>();
  const repeatedNights = new Set<string>();

  const add = (day: string, said: Said): void => {
    days.set(day, greaterOfEach(days.get(day) ?? {}, said));
  };
  return {
    add,
    addNight(day, said) {
      if (nights.has(day)) repeatedNights.add(day);
      nights.add(day);
      add(day, said);
    },
    all: () =>
      [...days]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([day, said]) => ({ day, source, ...said })),
    warnings() {
      const idle = [...days.values()].filter((said) => said.steps === 0).length;
      return [
        ...(idle > 0 ? [`${idle} days have 0 steps: the device was probably not worn.`] : []),
        ...(repeatedNights.size > 0
          ? [`${repeatedNights.size} nights stand in the export more than once; each is kept once.`]
          : []),
      ];
    },
  };
}

/** Both statements in one; where both say something, the greater number. */
export function greaterOfEach<Statement extends Said>(a: Statement, b: Said): Statement {
  const merged: Record<string, number | string> = {};
  for (const [key, value] of [...Object.entries<number | string>(a), ...Object.entries(b)]) {
    const known = merged[key];
    merged[key] =
      typeof known === 'number' && typeof value === 'number' ? Math.max(known, value) : value;
  }
  return { ...a, ...merged };
}
