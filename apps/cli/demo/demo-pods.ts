import { DataFactory } from 'n3';
import { type PodAdapter, PodError, openPod } from '../../../adapters/index.ts';
import { loginFetch } from '../../../pod-fixtures/community-server/client-credentials.ts';
import type { QueryPod } from '../../shared/query/query-types.ts';
import { type DemoPerson, hostsOf } from './demo-people.ts';
import { type DemoServers, storageOf, webIdOf } from './demo-servers.ts';

const { namedNode, quad } = DataFactory;
const storageTerm = namedNode('http://www.w3.org/ns/pim/space#storage');

/** The pods of one demo person, opened as that person, by host. */
export type DemoPods = Readonly<Partial<Record<'first' | 'second', QueryPod>>>;

/** Opens every pod of a demo person with client credentials. The tokens last ten minutes. */
export async function openDemoPods(
  person: DemoPerson,
  servers: Pick<DemoServers, 'first' | 'second'>,
): Promise<DemoPods> {
  const webId = webIdOf(person, servers);
  const home = servers[person.home];
  const asPerson = await loginFetch({
    baseUrl: home.baseUrl,
    email: person.email,
    password: person.password,
    webId,
  });
  const pods: Partial<Record<'first' | 'second', QueryPod>> = {};
  for (const host of hostsOf(person))
    pods[host] = await openDemoPod(storageOf(person, servers[host]), webId, asPerson);
  return pods;
}

/** Names every pod of the person in the WebID profile: the server names only the one beside it. */
export async function linkStorages(person: DemoPerson, pods: DemoPods): Promise<void> {
  const home = pods[person.home];
  if (home?.webId === undefined) return;
  const profile = await home.pod.read(home.webId);
  const quads = [];
  for await (const statement of profile.quads()) quads.push(statement);
  const named = new Set(
    quads
      .filter(({ predicate }) => predicate.equals(storageTerm))
      .map(({ object }) => object.value),
  );
  const missing = Object.values(pods).filter(({ storageUrl }) => !named.has(storageUrl));
  if (missing.length === 0) return;
  const subject = namedNode(home.webId);
  for (const { storageUrl } of missing)
    quads.push(quad(subject, storageTerm, namedNode(storageUrl)));
  await home.pod.write(profile.url, { quads }, etagOf(profile));
}

function etagOf({ url, etag }: Awaited<ReturnType<PodAdapter['read']>>): { ifMatch: string } {
  if (etag === undefined) throw new PodError('POD_UNSUPPORTED', 'The profile has no ETag', { url });
  return { ifMatch: etag };
}

async function openDemoPod(
  storageUrl: string,
  webId: string,
  asPerson: typeof fetch,
): Promise<QueryPod> {
  const pod = await openPod(storageUrl, { fetch: asPerson, webId, allowPrivate: true });
  return { name: new URL(storageUrl).host, storageUrl, webId, pod };
}
