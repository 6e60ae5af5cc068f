import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSamples } from '../../../pod-fixtures/samples/generate-samples.ts';
import { type ImportOptions, type ImportTarget, importExport } from '../../connect/index.ts';
import { withImportProgress } from '../import-progress-display.ts';
import { type DemoPerson, demoPeople } from './demo-people.ts';
import type { DemoPods } from './demo-pods.ts';

/** An export of the user's own, to go into the first demo person's pod. */
export type OwnExport = { readonly path: string } & Pick<
  ImportOptions,
  'person' | 'timeZone' | 'tags'
>;

const sampleSeed = 20260310;

/** Generates the synthetic exports, imports each where the demo's story wants it, and removes them. */
export async function importSamples(
  folder: string,
  podsOf: (person: DemoPerson) => DemoPods,
): Promise<void> {
  const samples = join(folder, 'samples');
  for (const sample of await generateSamples({ seed: sampleSeed, folder: samples })) {
    const person = demoPeople.find(({ slug }) => slug === sample.person.key);
    if (person === undefined) continue;
    const host = sample.device === 'fitbit' ? person.fitbit : person.empatica;
    const target = targetOn(podsOf(person), host, person);
    const label = `${person.name}, ${sample.device === 'fitbit' ? 'Fitbit' : 'Empatica E4'}`;
    await withImportProgress(label.padEnd(18), (onProgress) =>
      importExport({ path: sample.path }, target, {
        timeZone: sample.timeZone,
        // As the samples are written: a press when it begins, one when it ends.
        tags: 'start-and-end',
        onProgress,
      }),
    );
  }
  await rm(samples, { recursive: true, force: true });
}

/** Imports the user's own export into the first person's home pod. @throws ImportError. */
export async function importOwn(
  own: OwnExport,
  podsOf: (person: DemoPerson) => DemoPods,
): Promise<void> {
  const [person] = demoPeople;
  const target = targetOn(podsOf(person), person.home, person);
  const { path, ...options } = own;
  await withImportProgress('Your export', (onProgress) =>
    importExport({ path }, target, { ...options, onProgress }),
  );
}

function targetOn(pods: DemoPods, host: 'first' | 'second', person: DemoPerson): ImportTarget {
  const target = pods[host];
  const home = pods[person.home];
  if (target?.webId === undefined || home === undefined)
    throw new Error(`${person.name} has no pod on the ${host} host`);
  const { pod, storageUrl, webId } = target;
  return { pod, storageUrl, webId, profilePod: home.pod };
}
