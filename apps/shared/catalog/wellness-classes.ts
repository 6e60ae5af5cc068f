import { signalNames, signals, WELL } from '../../../vocab/index.ts';
import { containerUrl } from './layout.ts';

/** A line of a type index: members of this class lie in this container. */
export interface Registration {
  /** IRI of the class, `https://w3id.org/wellpod/wellness#HeartRate`. */
  readonly forClass: string;
  readonly container: string;
}

/** Every class of ours with the container where the layout puts its documents. */
export function layoutRegistrations(storageUrl: string): readonly Registration[] {
  return [
    ...signalNames.map((name) => ({
      forClass: signals[name].readingClass,
      container: containerUrl(storageUrl, name),
    })),
    { forClass: WELL.SleepEpisode.value, container: containerUrl(storageUrl, 'sleep') },
    { forClass: WELL.StressEpisode.value, container: containerUrl(storageUrl, 'stress') },
    { forClass: WELL.DailySummary.value, container: containerUrl(storageUrl, 'daily-summary') },
    { forClass: WELL.Rollup.value, container: containerUrl(storageUrl, 'rollup') },
    { forClass: WELL.WearableSensor.value, container: containerUrl(storageUrl, 'sensor') },
  ];
}
