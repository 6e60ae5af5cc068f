import { PROPERTY, WELL } from './terms/terms.ts';

/** The signals a wearable measures, by the name used in documents, containers and options. */
export type SignalName =
  | 'heart-rate'
  | 'inter-beat-interval'
  | 'skin-temperature'
  | 'electrodermal-activity'
  | 'steps'
  | 'stress-level';

/** What a signal is: its terms, its unit, and how its readings add up. */
export interface Signal {
  readonly name: SignalName;
  readonly label: string;
  /** Class of one reading, `well:HeartRate`; also what the type index registers. */
  readonly readingClass: string;
  /** The observed property, under `https://w3id.org/wellpod/wellness/property#`. */
  readonly property: string;
  /** QUDT unit IRI, and the unit as people write it. */
  readonly unit: string;
  readonly unitLabel: string;
  /** Decimal places its readings usually have; columns may carry fewer or more. */
  readonly scale: number;
  /** A `sum` signal counts over the interval that starts at its time; a `mean` one is sampled at it. */
  readonly aggregation: 'mean' | 'sum';
}

const unit = 'http://qudt.org/vocab/unit/';

/** Every signal by its name. */
export const signals: Readonly<Record<SignalName, Signal>> = {
  'heart-rate': {
    name: 'heart-rate',
    label: 'Heart rate',
    readingClass: WELL.HeartRate.value,
    property: PROPERTY.heartRate.value,
    unit: `${unit}BEAT-PER-MIN`,
    unitLabel: 'bpm',
    scale: 0,
    aggregation: 'mean',
  },
  'inter-beat-interval': {
    name: 'inter-beat-interval',
    label: 'Inter-beat interval',
    readingClass: WELL.InterBeatInterval.value,
    property: PROPERTY.interBeatInterval.value,
    unit: `${unit}MilliSEC`,
    unitLabel: 'ms',
    // Empatica's intervals are multiples of 1/64 s: 15.625 ms.
    scale: 3,
    aggregation: 'mean',
  },
  'skin-temperature': {
    name: 'skin-temperature',
    label: 'Skin temperature',
    readingClass: WELL.SkinTemperature.value,
    property: PROPERTY.skinTemperature.value,
    unit: `${unit}DEG_C`,
    unitLabel: '°C',
    scale: 2,
    aggregation: 'mean',
  },
  'electrodermal-activity': {
    name: 'electrodermal-activity',
    label: 'Electrodermal activity',
    readingClass: WELL.ElectrodermalActivity.value,
    property: PROPERTY.electrodermalActivity.value,
    unit: `${unit}MicroS`,
    unitLabel: 'µS',
    scale: 6,
    aggregation: 'mean',
  },
  steps: {
    name: 'steps',
    label: 'Steps',
    readingClass: WELL.Steps.value,
    property: PROPERTY.steps.value,
    unit: `${unit}NUM`,
    unitLabel: 'steps',
    scale: 0,
    aggregation: 'sum',
  },
  'stress-level': {
    name: 'stress-level',
    label: 'Stress level',
    readingClass: WELL.StressLevel.value,
    property: PROPERTY.stressLevel.value,
    unit: `${unit}UNITLESS`,
    unitLabel: 'points',
    scale: 0,
    aggregation: 'mean',
  },
};

/** The names of all signals. */
export const signalNames: readonly SignalName[] = Object.values(signals).map(({ name }) => name);

const byIri = new Map(
  Object.values(signals).flatMap((signal) => [
    [signal.readingClass, signal] as const,
    [signal.property, signal] as const,
  ]),
);

/** The signal whose reading class or observed property an IRI is, if it is one. */
export function signalOf(iri: string): Signal | undefined {
  return byIri.get(iri);
}
