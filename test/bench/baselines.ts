import {
  buildThing,
  createSolidDataset,
  createThing,
  saveSolidDatasetAt,
  setThing,
} from '@inrupt/solid-client';
import { PROPERTY, WELL, WELL_NS } from '../../vocab/index.ts';
import { timed } from './figure.ts';
import type { BenchPod } from './server-process.ts';

const sosa = 'http://www.w3.org/ns/sosa/';

/**
 * Readings a second when each is a resource of its own, saved one after the other as the documentation of
 * `@inrupt/solid-client` shows.
 */
export async function oneResourcePerReading(pod: BenchPod, readings: number): Promise<number> {
  const { seconds } = await timed(async () => {
    for (let index = 0; index < readings; index += 1) {
      const at = new Date(Date.UTC(2026, 2, 10, 0, index));
      const reading = buildThing(createThing({ name: 'it' }))
        .addUrl('http://www.w3.org/1999/02/22-rdf-syntax-ns#type', WELL.HeartRate.value)
        .addUrl(`${sosa}observedProperty`, PROPERTY.heartRate.value)
        .addDatetime(`${sosa}resultTime`, at)
        .addInteger(`${sosa}hasSimpleResult`, 60 + (index % 40))
        .addUrl(`${sosa}madeBySensor`, `${pod.storageUrl}wellness/sensor/fitbit-1.ttl#it`)
        .addStringNoLocale(`${WELL_NS}day`, at.toISOString().slice(0, 10))
        .build();
      const url = `${pod.storageUrl}one-per-reading/${at.getTime()}`;
      const dataset = setThing(createSolidDataset(), reading);
      await saveSolidDatasetAt(url, dataset, { fetch: pod.fetch });
    }
  });
  return readings / seconds;
}

/** Seconds to PUT these bodies one after the other, with nothing else done. */
export async function rawPuts(pod: BenchPod, bodies: readonly string[]): Promise<number> {
  const { seconds } = await timed(async () => {
    for (const [index, body] of bodies.entries()) {
      const response = await pod.fetch(`${pod.storageUrl}raw/${index}.ttl`, {
        method: 'PUT',
        headers: { 'content-type': 'text/turtle' },
        body,
      });
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
    }
  });
  return seconds;
}
