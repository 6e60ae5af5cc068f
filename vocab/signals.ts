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
  /** Decimal places its readings have at most. */
  readonly scale: number;
  /** A `sum` signal counts over the interval that starts at its time; a `mean` one is sampled at it. */
  readonly aggregation: 'mean' | 'sum';
}
