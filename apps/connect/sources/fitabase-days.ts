import { mergeDailySummaries, type DailySummary } from '../../../vocab/index.ts';

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

export function dayLog(source: string): DayLog {
  const told: DailySummary[] = [];
  const nights = new Set<string>();
  const repeatedNights = new Set<string>();
  const add = (day: string, said: Said): void => {
    told.push({ day, source, ...said });
  };
  // Where two rows differ about the same thing, the greater value stays, whatever their order.
  const all = (): readonly DailySummary[] => mergeDailySummaries(told, []);
  return {
    add,
    addNight(day, said) {
      if (nights.has(day)) repeatedNights.add(day);
      nights.add(day);
      add(day, said);
    },
    all,
    warnings() {
      const idle = all().filter((summary) => summary.steps === 0).length;
      return [
        ...(idle > 0 ? [`Days with 0 steps, when the device was probably not worn: ${idle}.`] : []),
        ...(repeatedNights.size > 0
          ? [`Nights that stand in the export more than once (kept once): ${repeatedNights.size}.`]
          : []),
      ];
    },
  };
}
