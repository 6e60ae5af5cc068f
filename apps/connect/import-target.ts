import type { Person } from '../shared/person.ts';
import type { ImportTarget } from './import-export.ts';

/** A storage of a person as the place an import goes to; `undefined` when it is none of theirs. */
export function importTargetOf(
  { webId, pods }: Pick<Person, 'webId' | 'pods'>,
  storageUrl: string,
): ImportTarget | undefined {
  const target = pods.find((pod) => pod.storageUrl === storageUrl);
  if (target === undefined) return undefined;
  const home = pods.find((pod) => webId.startsWith(pod.storageUrl));
  return { pod: target.pod, storageUrl, webId, ...(home && { profilePod: home.pod }) };
}
