import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPod } from '../../../adapters/index.ts';
import { importExport } from '../../../apps/connect/index.ts';
import { findContainers, type CatalogPod } from '../../../apps/shared/catalog/index.ts';
import {
  credentialsFetch,
  createClientCredentials,
} from '../../../pod-fixtures/community-server/client-credentials.ts';
import { importProviderItself } from '../../../pod-fixtures/community-server/provider-import.ts';
import {
  startCommunityServer,
  type CommunityServer,
} from '../../../pod-fixtures/community-server/start.ts';
import { decodeSeries, WELL } from '../../../vocab/index.ts';
import { exportOf } from '../../unit/connect/export-in-memory.ts';

const steps =
  'Id,ActivityMinute,Steps\n7,4/12/2016 12:00:00 AM,3\n7,4/12/2016 12:01:00 AM,0\n' +
  '7,5/1/2016 12:00:00 AM,12\n';
const fitabase = exportOf({ 'minuteStepsNarrow.csv': steps });
const options = { timeZone: 'Europe/Brussels' };
const account = { email: 'ada@pods.example', password: 'not a secret' };

/** One person at home on the first server, with a further storage on the second. */
let servers: { readonly wac: CommunityServer; readonly acp: CommunityServer };
let webId: string;
let owner: typeof fetch;
const opened: CatalogPod[] = [];

async function storage(server: CommunityServer, name: string): Promise<CatalogPod> {
  const storageUrl = `${server.baseUrl}${name}/`;
  const allowPrivate = [server.baseUrl, servers.wac.baseUrl].map((url) => new URL(url).origin);
  const pod = await openPod(storageUrl, { fetch: owner, webId, allowPrivate });
  const target = { pod, storageUrl, webId };
  opened.push(target);
  return target;
}

beforeAll(async () => {
  importProviderItself();
  const wac = await startCommunityServer({
    access: 'wac',
    accounts: [{ ...account, pods: [{ name: 'ada' }, { name: 'other' }, { name: 'open' }] }],
  });
  webId = `${wac.baseUrl}ada/profile/card#me`;
  const acp = await startCommunityServer({
    access: 'acp',
    accounts: [{ ...account, pods: [{ name: 'far', webId }] }],
  });
  servers = { wac, acp };
  owner = await credentialsFetch(
    await createClientCredentials({ ...account, baseUrl: wac.baseUrl, webId }),
  );
});

afterAll(async () => {
  await Promise.all(opened.map(({ pod }) => pod.close()));
  await Promise.all([servers.wac.stop(), servers.acp.stop()]);
});

describe('import into a storage that holds the profile', () => {
  it('writes the export and finds it again through the private type index', async () => {
    const target = await storage(servers.wac, 'ada');
    const report = await importExport(fitabase, target, options);
    expect(report).toMatchObject({ documentsWritten: 4 });
    expect(report.warnings.filter((text) => !text.startsWith('Steps'))).toEqual([]);
    expect((await findContainers(target)).get(WELL.Steps.value)).toEqual([
      `${target.storageUrl}wellness/steps/`,
    ]);
    const url = `${target.storageUrl}wellness/steps/fitbit-7_2016-04.ttl`;
    const turtle = await (await owner(url)).text();
    expect([...decodeSeries(turtle, url).scaledValues]).toEqual([3, 0]);
    const profile = await (await fetch(webId, { headers: { accept: 'text/turtle' } })).text();
    expect(profile).toContain('preferencesFile');
  });

  it('writes nothing the second time', async () => {
    const report = await importExport(fitabase, await storage(servers.wac, 'ada'), options);
    expect(report).toMatchObject({ documentsWritten: 0, bytesWritten: 0, documentsUnchanged: 4 });
  });

  it.each([
    'wellness/',
    'wellness/steps/fitbit-7_2016-04.ttl',
    'settings/privateTypeIndex.ttl',
    'settings/prefs.ttl',
  ])('shows %s to its owner and to nobody else', async (path) => {
    const url = `${servers.wac.baseUrl}ada/${path}`;
    expect((await owner(url)).status).toBe(200);
    expect((await fetch(url)).status).toBe(401);
  });
});

describe('import into a storage on another host than the profile', () => {
  it('can be found from either side', async () => {
    const home = await storage(servers.wac, 'ada');
    const far = await storage(servers.acp, 'far');
    const report = await importExport(fitabase, { ...far, profilePod: home.pod }, options);
    expect(report).toMatchObject({ documentsWritten: 4 });
    expect(report.warnings.filter((text) => !text.startsWith('Steps'))).toEqual([]);
    const expected = [`${far.storageUrl}wellness/steps/`];
    expect((await findContainers(far)).get(WELL.Steps.value)).toEqual(expected);
    const viaProfile = { ...far, profilePod: home.pod };
    expect((await findContainers(viaProfile)).get(WELL.Steps.value)).toEqual(expected);
    // The home storage's own containers are still the only ones found for it.
    expect((await findContainers(home)).get(WELL.Steps.value)).toEqual([
      `${home.storageUrl}wellness/steps/`,
    ]);
    expect((await fetch(`${far.storageUrl}wellness/steps/fitbit-7_2016-04.ttl`)).status).toBe(401);
  });
});

describe('import into a storage that is open to everybody', () => {
  const acl = (rule: string): string => `@prefix acl: <http://www.w3.org/ns/auth/acl#>.
<#owner> a acl:Authorization; acl:agent <${webId}>; acl:accessTo <./>; acl:default <./>;
  acl:mode acl:Read, acl:Write, acl:Control.
<#all> a acl:Authorization; acl:agentClass <http://xmlns.com/foaf/0.1/Agent>;
  acl:accessTo <./>; ${rule} acl:mode acl:Read.`;

  const open = async (url: string): Promise<void> => {
    const credentials = await createClientCredentials({
      ...account,
      baseUrl: servers.wac.baseUrl,
      webId: `${servers.wac.baseUrl}open/profile/card#me`,
    });
    const asOwner = await credentialsFetch(credentials);
    const response = await asOwner(`${url}.acl`, {
      method: 'PUT',
      headers: { 'content-type': 'text/turtle' },
      body: acl('acl:default <./>;'),
    });
    expect(response.status).toBeLessThan(300);
  };

  it('closes what it creates, before it is there', async () => {
    const target = await storage(servers.wac, 'open');
    await open(target.storageUrl);
    await importExport(fitabase, target, options);
    for (const path of ['wellness/', 'wellness/steps/fitbit-7_2016-05.ttl']) {
      expect((await fetch(target.storageUrl + path)).status).toBe(401);
    }
  });

  it('refuses a container that is there and open', async () => {
    const target = await storage(servers.wac, 'open');
    const container = `${target.storageUrl}wellness/`;
    const before = await (await owner(`${container}steps/fitbit-7_2016-05.ttl`)).text();
    const response = await owner(`${container}.acl`, {
      method: 'PUT',
      headers: { 'content-type': 'text/turtle' },
      body: acl('acl:default <./>;'),
    });
    expect(response.status).toBeLessThan(300);
    await expect(importExport(fitabase, target, options)).rejects.toMatchObject({
      code: 'IMPORT_TARGET_OPEN',
    });
    expect(await (await owner(`${container}steps/fitbit-7_2016-05.ttl`)).text()).toBe(before);
  });
});
