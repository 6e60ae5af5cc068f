import { describe, expect, it } from '@jest/globals';
import {
  openMemoryPod,
  PodError,
  type AccessPolicy,
  type AccessRule,
  type PodAdapter,
} from '../../../adapters/index.ts';
import {
  findContainers,
  layoutRegistrations,
  registerContainers,
  reservePrivately,
} from '../../../apps/shared/catalog/index.ts';
import { WELL } from '../../../vocab/index.ts';

const storageUrl = 'https://pod.example/ada/';
const webId = `${storageUrl}profile/card#me`;
const registrations = layoutRegistrations(storageUrl);
const indexUrl = `${storageUrl}settings/privateTypeIndex.ttl`;

async function put(pod: PodAdapter, url: string, turtle: string): Promise<void> {
  await pod.write(url, { bytes: new TextEncoder().encode(turtle), contentType: 'text/turtle' });
}

async function podWithProfile(more = ''): Promise<PodAdapter> {
  const pod = openMemoryPod();
  await put(
    pod,
    webId.split('#')[0] ?? '',
    `<#me> <http://xmlns.com/foaf/0.1/name> "Ada" ${more}.`,
  );
  return pod;
}

async function text(pod: PodAdapter, url: string): Promise<string> {
  return new Response((await pod.read(url)).bytes()).text();
}

describe('registerContainers', () => {
  it('makes a private type index, linked from the profile, and finds through it', async () => {
    const pod = await podWithProfile();
    const where = { pod, storageUrl, webId };
    expect((await findContainers(where)).size).toBe(0);
    expect(await registerContainers(where, registrations)).toEqual({ changed: true, warnings: [] });
    expect(await registerContainers(where, registrations)).toEqual({
      changed: false,
      warnings: [],
    });
    const found = await findContainers(where);
    expect(found.get(WELL.HeartRate.value)).toEqual([`${storageUrl}wellness/heart-rate/`]);
    expect(found.get(WELL.Rollup.value)).toEqual([`${storageUrl}wellness/rollup/`]);
    expect(await text(pod, `${storageUrl}profile/card`)).toContain('"Ada"');
    expect(await text(pod, indexUrl)).toContain('UnlistedDocument');
  });

  it('writes nothing back of an index whose answer was short', async () => {
    const inner = await podWithProfile();
    await registerContainers({ pod: inner, storageUrl, webId }, []);
    const recipes = `@prefix solid: <http://www.w3.org/ns/solid/terms#>. <> a solid:TypeIndex.
      <#1> a solid:TypeRegistration; solid:forClass <https://schema.org/Recipe>;
        solid:instanceContainer <${storageUrl}recipes/>.`;
    await put(inner, indexUrl, recipes);
    const shortAt = async (reading: number): Promise<string> => {
      let readings = 0;
      const pod: PodAdapter = {
        ...inner,
        async read(url, call) {
          const found = await inner.read(url, call);
          if (url !== indexUrl || ++readings !== reading) return found;
          return { ...found, quads: async function* () {} };
        },
      };
      await put(inner, indexUrl, recipes);
      await registerContainers({ pod, storageUrl, webId }, registrations);
      return text(inner, indexUrl);
    };
    for (let reading = 1; reading <= 5; reading += 1) {
      const written = await shortAt(reading);
      expect(written).toContain('Recipe');
      expect(written).toContain(`${storageUrl}wellness/steps/`);
    }
  });

  it('keeps what other apps registered, and uses the index that is there', async () => {
    const prefs = `${storageUrl}my/prefs`;
    const index = `${storageUrl}my/index`;
    const pod = await podWithProfile(
      `; <http://www.w3.org/ns/pim/space#preferencesFile> <${prefs}>`,
    );
    await put(
      pod,
      prefs,
      `<${webId}> <http://www.w3.org/ns/solid/terms#privateTypeIndex> <${index}>.`,
    );
    await put(
      pod,
      index,
      `@prefix solid: <http://www.w3.org/ns/solid/terms#>. <> a solid:TypeIndex.
      [] a solid:TypeRegistration; solid:forClass <https://schema.org/Recipe>;
        solid:instanceContainer <${storageUrl}recipes/>.`,
    );
    const where = { pod, storageUrl, webId };
    await registerContainers(where, registrations);
    const found = await findContainers(where);
    expect(found.get('https://schema.org/Recipe')).toEqual([`${storageUrl}recipes/`]);
    expect(found.get(WELL.Steps.value)).toEqual([`${storageUrl}wellness/steps/`]);
    await expect(pod.read(indexUrl)).rejects.toMatchObject({ code: 'POD_NOT_FOUND' });
  });

  it('makes an index that the profile names but that is not there', async () => {
    const index = `${storageUrl}my/index`;
    const pod = await podWithProfile(
      `; <http://www.w3.org/ns/solid/terms#privateTypeIndex> <${index}>`,
    );
    await registerContainers({ pod, storageUrl, webId }, registrations);
    expect(await text(pod, index)).toContain('UnlistedDocument');
    expect((await findContainers({ pod, storageUrl, webId })).size).toBe(registrations.length);
  });

  it('loses no registration when several programs register at once', async () => {
    const pod = await podWithProfile();
    const classes = Array.from({ length: 5 }, (_, index) => `https://app${index}.example/Thing`);
    await registerContainers({ pod, storageUrl, webId }, []);
    await Promise.all(
      classes.map((forClass, index) =>
        registerContainers({ pod, storageUrl, webId }, [
          { forClass, container: `${storageUrl}things-${index}/` },
        ]),
      ),
    );
    expect([...(await findContainers({ pod, storageUrl, webId })).keys()].toSorted()).toEqual(
      classes,
    );
  });

  it('falls back to the index of the storage where the profile cannot be changed', async () => {
    const inner = await podWithProfile();
    const pod: PodAdapter = {
      ...inner,
      write: (url, body, call) =>
        url.includes('/profile/')
          ? Promise.reject(new PodError('POD_FORBIDDEN', 'not yours'))
          : inner.write(url, body, call),
    };
    const where = { pod, storageUrl, webId };
    const { changed, warnings } = await registerContainers(where, registrations);
    expect(changed).toBe(true);
    expect(warnings.join()).toContain('profile could not be changed');
    expect((await findContainers(where)).get(WELL.Steps.value)).toHaveLength(1);
  });

  it('registers a storage on another host with both indexes', async () => {
    const home = await podWithProfile();
    const far = openMemoryPod();
    const farUrl = 'https://far.example/';
    await registerContainers({ pod: home, storageUrl, webId }, registrations);
    const where = { pod: far, profilePod: home, storageUrl: farUrl, webId };
    await registerContainers(where, layoutRegistrations(farUrl));
    const expected = [`${farUrl}wellness/steps/`];
    expect((await findContainers(where)).get(WELL.Steps.value)).toEqual(expected);
    const alone = { pod: far, storageUrl: farUrl, webId };
    expect((await findContainers(alone)).get(WELL.Steps.value)).toEqual(expected);
    expect((await findContainers({ pod: home, storageUrl, webId })).get(WELL.Steps.value)).toEqual([
      `${storageUrl}wellness/steps/`,
    ]);
  });

  it('does nothing for a store without an owner, which is found by its layout', async () => {
    const pod = openMemoryPod();
    const where = { pod, storageUrl };
    expect((await findContainers(where)).size).toBe(0);
    await put(pod, `${storageUrl}wellness/steps/a.ttl`, '<a> <b> <c>.');
    expect(await registerContainers(where, registrations)).toEqual({
      changed: false,
      warnings: [],
    });
    expect([...(await findContainers(where)).keys()]).toEqual([WELL.Steps.value]);
  });

  it('passes on that the pod cannot be reached', async () => {
    const pod: PodAdapter = {
      ...openMemoryPod(),
      read: () => Promise.reject(new PodError('POD_UNAVAILABLE', 'down')),
    };
    await expect(
      registerContainers({ pod, storageUrl, webId }, registrations),
    ).rejects.toMatchObject({
      code: 'POD_UNAVAILABLE',
    });
    await expect(findContainers({ pod, storageUrl, webId })).rejects.toMatchObject({
      code: 'POD_UNAVAILABLE',
    });
  });
});

describe('reservePrivately', () => {
  const modes = new Set(['read'] as const);
  const everybody: AccessRule = { subject: { kind: 'public' }, modes, scope: 'resource' };
  const doctor: AccessRule = {
    subject: { kind: 'agent', webId: 'https://doctor.example/#me' },
    modes,
    scope: 'resource',
  };

  /** A memory pod that says these rules are in force everywhere until others are set. */
  function guarded(rules: readonly AccessRule[], accessBeforeCreate = true) {
    const policies = new Map<string, AccessPolicy>();
    const inner = openMemoryPod();
    const pod: PodAdapter = {
      ...inner,
      capabilities: { ...inner.capabilities, access: 'wac', accessBeforeCreate },
      access: (url) =>
        Promise.resolve(policies.get(url) ?? { rules, dialect: 'wac' as const, lossless: true }),
      setAccess: (url, policy) => Promise.resolve(void policies.set(url, policy)),
    };
    return { pod, policies };
  }
  const url = `${storageUrl}wellness/`;

  it.each([[everybody], [doctor]])('writes rules before what %j would see', async (rule) => {
    const { pod, policies } = guarded([rule]);
    expect(await reservePrivately(pod, url, { owner: webId })).toBe('nobody');
    expect(policies.get(url)?.rules.map(({ subject, scope }) => [subject, scope])).toEqual([
      [{ kind: 'agent', webId }, 'resource'],
      [{ kind: 'agent', webId }, 'members'],
    ]);
  });

  it('leaves what is there, and says who is let in', async () => {
    for (const [rule, exposure] of [
      [everybody, 'everybody'],
      [doctor, 'chosen-agents'],
    ] as const) {
      const { pod, policies } = guarded([rule]);
      await put(pod, `${url}steps/a.ttl`, '<a> <b> <c>.');
      expect(await reservePrivately(pod, url, { owner: webId })).toBe(exposure);
      expect(policies.size).toBe(0);
    }
  });

  it('refuses where rules cannot come first, or the owner is not known', async () => {
    const refused = { code: 'POD_UNSUPPORTED' };
    const late = guarded([everybody], false).pod;
    await expect(reservePrivately(late, url, { owner: webId })).rejects.toMatchObject(refused);
    await expect(reservePrivately(guarded([everybody]).pod, url, {})).rejects.toMatchObject(
      refused,
    );
  });
});
