import type { SleepStage } from '../../../vocab/index.ts';
import type { FitabasePerson } from './fitabase-person.ts';
import type { FitabaseRow } from './fitabase-row.ts';

/** One kind of Fitabase file: told by its columns, since people rename files. */
export interface FitabaseTable {
  /** Columns it must have, in lower case. */
  readonly columns: readonly string[];
  /** What is to be done for each row; `row` holds the current one when it is called. */
  reader(person: FitabasePerson, row: FitabaseRow): () => void;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

const minuteSteps: FitabaseTable = {
  columns: ['activityminute', 'steps'],
  reader(person, row) {
    const time = row.column('activityminute');
    const steps = row.column('steps');
    const add = person.seriesByClock('steps');
    return () => add(row.localTime(time), row.count(steps));
  },
};

const minuteStepsWide: FitabaseTable = {
  columns: ['activityhour', 'steps00', 'steps59'],
  reader(person, row) {
    const time = row.column('activityhour');
    const minutes = Array.from({ length: 60 }, (_, minute) =>
      row.column(`steps${String(minute).padStart(2, '0')}`),
    );
    const add = person.seriesByClock('steps');
    return () => {
      const hour = row.localTime(time);
      for (const [minute, column] of minutes.entries()) {
        if (row.text(column) !== '') add(hour + minute * minuteMs, row.count(column));
      }
    };
  },
};

const heartRateSeconds: FitabaseTable = {
  columns: ['time', 'value'],
  reader(person, row) {
    const time = row.column('time');
    const value = row.column('value');
    const add = person.seriesByClock('heart-rate');
    return () => add(row.localTime(time), row.count(value));
  },
};

const minuteHeartRate: FitabaseTable = {
  columns: ['minute', 'heartrate'],
  reader(person, row) {
    const time = row.column('minute');
    const heartRate = row.column('heartrate');
    const steps = row.column('steps');
    const addHeartRate = person.minuteMeansByClock();
    const addSteps = person.seriesByClock('steps');
    return () => {
      const localMs = row.localTime(time);
      if (row.text(heartRate) !== '') addHeartRate(localMs, row.count(heartRate));
      if (steps >= 0 && row.text(steps) !== '') addSteps(localMs, row.count(steps));
    };
  },
};

const dailyActivity: FitabaseTable = {
  columns: ['activitydate', 'totalsteps'],
  reader(person, row) {
    const date = row.column('activitydate');
    const steps = row.column('totalsteps');
    return () => person.day(localDay(row.localTime(date)), { steps: row.count(steps) });
  },
};

const dailySteps: FitabaseTable = {
  columns: ['activityday', 'steptotal'],
  reader(person, row) {
    const date = row.column('activityday');
    const steps = row.column('steptotal');
    return () => person.day(localDay(row.localTime(date)), { steps: row.count(steps) });
  },
};

const sleepDay: FitabaseTable = {
  columns: ['sleepday', 'totalsleeprecords', 'totalminutesasleep', 'totaltimeinbed'],
  reader(person, row) {
    const date = row.column('sleepday');
    const records = row.column('totalsleeprecords');
    const asleep = row.column('totalminutesasleep');
    const inBed = row.column('totaltimeinbed');
    // `SleepDay` is the day of waking already.
    return () =>
      person.night(localDay(row.localTime(date)), {
        sleepRecords: row.count(records),
        asleepMinutes: row.count(asleep),
        inBedMinutes: row.count(inBed),
      });
  },
};

/** Fitbit's classic (movement) stages. */
const classicStages: ReadonlyMap<string, SleepStage> = new Map([
  ['1', 'asleep'],
  ['2', 'restless'],
  ['3', 'awake'],
]);

const minuteSleep: FitabaseTable = {
  columns: ['date', 'value', 'logid'],
  reader(person, row) {
    const time = row.column('date');
    const value = row.column('value');
    const logId = row.column('logid');
    const add = person.sleepMinutesByClock();
    return () => add(row.text(logId).trim(), row.localTime(time), row.coded(value, classicStages));
  },
};

const tables: readonly FitabaseTable[] = [
  minuteSteps,
  minuteStepsWide,
  minuteHeartRate,
  dailyActivity,
  dailySteps,
  sleepDay,
  minuteSleep,
  heartRateSeconds,
];

/** The table with these columns (in any case and order), if it is one that is imported. */
export function tableOf(columns: readonly string[]): FitabaseTable | undefined {
  const present = new Set(columns.map((name) => name.toLowerCase()));
  return tables.find((table) => table.columns.every((name) => present.has(name)));
}

const notImported: readonly { readonly columns: readonly string[]; readonly reason: string }[] = [
  {
    columns: ['activityhour', 'steptotal'],
    reason: 'hourly totals of steps are not imported: the minutes hold the same steps',
  },
  { columns: ['weightkg'], reason: 'body weight is not imported yet' },
  { columns: ['calories'], reason: 'calories are not imported yet' },
  { columns: ['calories00'], reason: 'calories are not imported yet' },
  { columns: ['intensity'], reason: 'activity intensity is not imported yet' },
  { columns: ['intensity00'], reason: 'activity intensity is not imported yet' },
  { columns: ['totalintensity'], reason: 'activity intensity is not imported yet' },
  { columns: ['sedentaryminutes'], reason: 'activity intensity is not imported yet' },
  { columns: ['mets'], reason: 'metabolic equivalents are not imported yet' },
];

const fitabaseTimeColumns = [
  'activityminute',
  'activityhour',
  'activityday',
  'activitydate',
  'date',
];

/** Why a Fitabase file of a kind that is not read is passed over; undefined for foreign columns. */
export function notImportedReason(columns: readonly string[]): string | undefined {
  const present = new Set(columns.map((name) => name.toLowerCase()));
  if (!fitabaseTimeColumns.some((name) => present.has(name))) return undefined;
  return notImported.find((table) => table.columns.every((name) => present.has(name)))?.reason;
}

/** `YYYY-MM-DD` of a wall-clock time. */
function localDay(localMs: number): string {
  return new Date(localMs - (localMs % dayMs)).toISOString().slice(0, 10);
}
