/** The zone in which both people live; its clock goes forward on 2026-03-29. */
export const sampleTimeZone = 'Europe/Brussels';

/** First and last local day of the samples: 31 days, of which one has 23 hours. */
export const sampleSpan = { first: '2026-03-10', last: '2026-04-09' } as const;

/** How one synthetic person lives. Clock times are minutes after local midnight. */
export interface SamplePerson {
  readonly key: string;
  readonly name: string;
  /** `Id` of the Fitabase export. */
  readonly fitabaseId: string;
  /** Serial number in the names of the E4 session folders. */
  readonly empaticaSerial: string;
  /** 1 is Monday, 7 is Sunday. */
  readonly workdays: readonly number[];
  readonly runDays: readonly number[];
  readonly work: { readonly start: number; readonly end: number; readonly onFeet: boolean };
  readonly commute: { readonly minutes: number; readonly by: 'walk' | 'cycle' };
  /** Time of getting up, and how long the nights in bed are, in minutes. */
  readonly night: {
    readonly wakeOnWorkdays: number;
    readonly wakeOtherwise: number;
    readonly meanMinutes: number;
    readonly deviationMinutes: number;
    readonly longestMinutes: number;
  };
  readonly resting: {
    readonly bpm: number;
    readonly driftBpmPerDay: number;
    readonly noiseBpm: number;
    /** The planted relation: bpm that each hour asleep below `neutralAsleepHours` adds that day. */
    readonly bpmPerMissingHour: number;
    readonly neutralAsleepHours: number;
  };
  readonly skinConductance: {
    readonly microsiemens: number;
    readonly noiseMicrosiemens: number;
    /** The planted relation: change of the day's tonic level for each 1,000 steps above 9,000. */
    readonly microsiemensPerThousandSteps: number;
  };
  /** When the E4 is worn, quietly seated. */
  readonly session: { readonly start: number; readonly exceptOn: readonly number[] };
  /** Days that make real exports hard to read. */
  readonly oddities: {
    readonly unwornDays: readonly string[];
    /** Night of waking that the export holds twice. */
    readonly duplicateNight: string;
    readonly naps: readonly string[];
    /** Wrist without device from noon for six hours, in the middle of the day. */
    readonly longGaps: readonly string[];
    readonly extraSessions: readonly { readonly date: string; readonly start: number }[];
  };
}

/**
 * Two people who do not exist, so that every view can be tried without anyone's data.
 *
 * Ada works at a desk from Monday to Friday, walks to work and runs. Two relations are planted:
 * each hour less asleep raises her resting heart rate of the day she wakes up on by 2.0 bpm (noise
 * 1.0 bpm), and each 1,000 steps of a day lower the skin conductance of that day's session by
 * 0.15 µS (noise 0.25 µS). Steps come from the Fitbit and skin conductance from the E4, so the
 * second one shows only where both exports, which may lie on different hosts, are read together.
 * Noor nurses in late shifts from Wednesday to Sunday and cycles. Her nights and steps vary as
 * much, and neither relation holds: an insight that finds one in her data is wrong.
 */
export const samplePeople: readonly SamplePerson[] = [
  {
    key: 'ada',
    name: 'Ada',
    fitabaseId: '5550100317',
    empaticaSerial: 'A0ADA1',
    workdays: [1, 2, 3, 4, 5],
    runDays: [2, 4, 7],
    work: { start: 540, end: 1050, onFeet: false },
    commute: { minutes: 21, by: 'walk' },
    night: {
      wakeOnWorkdays: 410,
      wakeOtherwise: 490,
      meanMinutes: 455,
      deviationMinutes: 58,
      longestMinutes: 545,
    },
    resting: {
      bpm: 58,
      driftBpmPerDay: -0.05,
      noiseBpm: 1,
      bpmPerMissingHour: 2,
      neutralAsleepHours: 7,
    },
    skinConductance: {
      microsiemens: 4.2,
      noiseMicrosiemens: 0.25,
      microsiemensPerThousandSteps: -0.15,
    },
    session: { start: 1200, exceptOn: [6] },
    oddities: {
      unwornDays: ['2026-03-21'],
      duplicateNight: '2026-03-17',
      naps: ['2026-03-28', '2026-04-05'],
      longGaps: ['2026-04-01'],
      extraSessions: [{ date: '2026-03-26', start: 580 }],
    },
  },
  {
    key: 'noor',
    name: 'Noor',
    fitabaseId: '5550100428',
    empaticaSerial: 'A0B2C3',
    workdays: [3, 4, 5, 6, 7],
    runDays: [1],
    work: { start: 825, end: 1290, onFeet: true },
    commute: { minutes: 17, by: 'cycle' },
    night: {
      wakeOnWorkdays: 515,
      wakeOtherwise: 530,
      meanMinutes: 425,
      deviationMinutes: 55,
      longestMinutes: 490,
    },
    resting: {
      bpm: 64,
      driftBpmPerDay: 0.04,
      noiseBpm: 1.8,
      bpmPerMissingHour: 0,
      neutralAsleepHours: 7,
    },
    skinConductance: {
      microsiemens: 2.4,
      noiseMicrosiemens: 0.5,
      microsiemensPerThousandSteps: 0,
    },
    session: { start: 650, exceptOn: [2] },
    oddities: {
      unwornDays: ['2026-03-16', '2026-04-03'],
      duplicateNight: '2026-03-25',
      naps: ['2026-03-13', '2026-03-31'],
      longGaps: ['2026-03-19'],
      extraSessions: [{ date: '2026-03-23', start: 1424 }],
    },
  },
];
