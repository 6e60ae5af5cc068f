import { describe, expect, it } from '@jest/globals';
import { discoverPerson } from '../../../../adapters/solid-protocol/discover-person.ts';
import { discoverStorage } from '../../../../adapters/solid-protocol/discover-storage.ts';
import { guardedFetch } from '../../../../adapters/wrappers/guarded-fetch.ts';
import { type TestServer, serve } from '../servers.ts';

const fetch = guardedFetch({ allowPrivate: true });

interface Page {
  readonly type?: string;
  readonly body?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server with these pages; every other address is 404. */
const site = (pages: (url: string) => Readonly<Record<string, Page>>): Promise<TestServer> =>
  serve((request, response) => {
    const page = pages(`http://${request.headers.host ?? ''}/`)[request.url ?? ''];
    const { type = 'text/turtle', body = '', status = 200, headers } = page ?? { status: 404 };
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });

const prefixes = `@prefix foaf: <http://xmlns.com/foaf/0.1/>. @prefix pim: <http://www.w3.org/ns/pim/space#>.
  @prefix solid: <http://www.w3.org/ns/solid/terms#>. @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#>.`;
const turtle = (body: string): Page => ({ body: `${prefixes} ${body}` });
const storageLink = { link: '<http://www.w3.org/ns/pim/space#Storage>; rel="type"' };

describe('discoverPerson', () => {
  it('reads name, issuers, storages and indexes', async () => {
    const { url } = await site(() => ({
      '/card':
        turtle(`<#me> foaf:name "Alice"; solid:oidcIssuer <https://a.example/>, <https://b.example/>;
        pim:storage <https://pod.example/alice>, </alice/>; solid:privateTypeIndex </private.ttl>;
        solid:publicTypeIndex </public.ttl>.`),
    }));
    expect(await discoverPerson(`${url}card#me`, { fetch })).toEqual({
      webId: `${url}card#me`,
      name: 'Alice',
      issuers: ['https://a.example/', 'https://b.example/'],
      storages: ['https://pod.example/alice/', `${url}alice/`],
      privateTypeIndex: `${url}private.ttl`,
      publicTypeIndex: `${url}public.ttl`,
    });
  });

  it.each([
    [
      'application/ld+json',
      '{"@context": {"name": "http://xmlns.com/foaf/0.1/name"}, "@id": "#me", "name": "Zoé"}',
    ],
    [
      'application/rdf+xml',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:f="http://xmlns.com/foaf/0.1/"><rdf:Description rdf:about="#me"><f:name>Zoé</f:name></rdf:Description></rdf:RDF>',
    ],
    [
      'text/html',
      '<html><body><p about="#me" property="http://xmlns.com/foaf/0.1/name">Zoé</p></body></html>',
    ],
  ])('reads a profile as %s', async (type, body) => {
    const { url } = await site(() => ({ '/card': { type, body } }));
    expect((await discoverPerson(`${url}card#me`, { fetch })).name).toBe('Zoé');
  });

  it('takes the private type index from the preferences file, and does without it', async () => {
    const profile = turtle('<#me> pim:preferencesFile </settings/prefs.ttl>.');
    const { url } = await site((base) => ({
      '/card': profile,
      '/settings/prefs.ttl': turtle(`<${base}card#me> solid:privateTypeIndex <private.ttl>.`),
    }));
    const person = await discoverPerson(`${url}card#me`, { fetch });
    expect(person.privateTypeIndex).toBe(`${url}settings/private.ttl`);
    const without = await site(() => ({ '/card': profile }));
    const { preferencesFile, privateTypeIndex } = await discoverPerson(`${without.url}card#me`, {
      fetch,
    });
    expect([preferencesFile, privateTypeIndex]).toEqual([
      `${without.url}settings/prefs.ttl`,
      undefined,
    ]);
  });

  it('finds the storage above the WebID when the profile names none', async () => {
    const { url } = await site(() => ({
      '/pods/alice/profile/card': turtle('<#me> foaf:name "Alice".'),
      '/pods/alice/profile/': { status: 403 },
      '/pods/alice/': { status: 401, headers: storageLink },
      '/pods/': { headers: storageLink },
    }));
    const { storages } = await discoverPerson(`${url}pods/alice/profile/card#me`, { fetch });
    expect(storages).toEqual([`${url}pods/alice/`]);
  });

  it('has no storage where none is', async () => {
    const { url } = await site(() => ({ '/card': turtle('<#me> foaf:name "Alice".') }));
    expect((await discoverPerson(`${url}card#me`, { fetch })).storages).toEqual([]);
  });

  it('believes no issuer and no storage that a linked document adds', async () => {
    const { url } = await site((base) => ({
      '/card': turtle(
        '<#me> solid:oidcIssuer <https://a.example/>; rdfs:seeAlso </other>; pim:storage </alice/>.',
      ),
      '/other': turtle(`<${base}card#me> solid:oidcIssuer <https://evil.example/>;
        pim:storage <https://evil.example/>; foaf:name "Alice".`),
    }));
    expect(await discoverPerson(`${url}card#me`, { fetch })).toEqual({
      webId: `${url}card#me`,
      name: 'Alice',
      issuers: ['https://a.example/'],
      storages: [`${url}alice/`],
    });
  });

  it('resolves relative addresses against the document that a WebID leads to', async () => {
    const { url } = await site((base) => ({
      '/id': { status: 303, headers: { location: '/profile/doc' } },
      '/profile/doc': turtle(`<${base}id> pim:storage <../pod/>.`),
    }));
    expect((await discoverPerson(`${url}id`, { fetch })).storages).toEqual([`${url}pod/`]);
  });

  it.each([
    ['POD_NOT_FOUND', '/nobody'],
    ['POD_NOT_FOUND', '/else#me'],
    ['POD_INVALID', '/words#me'],
    ['POD_FORBIDDEN', '/private#me'],
  ])('rejects with %s for %s', async (code, path) => {
    const { url } = await site(() => ({
      '/else': turtle('<#you> foaf:name "Bob".'),
      '/words': { type: 'text/plain', body: 'words' },
      '/private': { status: 403 },
    }));
    await expect(discoverPerson(`${url}${path.slice(1)}`, { fetch })).rejects.toMatchObject({
      code,
    });
  });

  it('rejects with POD_INVALID for what is no WebID, and for one inside', async () => {
    await expect(discoverPerson('alice', { fetch })).rejects.toMatchObject({ code: 'POD_INVALID' });
    const canary = await site(() => ({ '/card': turtle('<#me> foaf:name "Alice".') }));
    const inside = discoverPerson(`${canary.url}card#me`, { fetch: guardedFetch() });
    await expect(inside).rejects.toMatchObject({ code: 'POD_INVALID' });
    expect(canary.requests).toEqual([]);
  });
});

describe('discoverStorage', () => {
  it('resolves a relative Link to the storage description', async () => {
    const { url } = await site(() => ({
      '/alice/': {
        headers: {
          link: '<http://www.w3.org/ns/pim/space#Storage>; rel="type", <.well-known/solid>; rel="http://www.w3.org/ns/solid/terms#storageDescription"',
        },
      },
    }));
    expect(await discoverStorage(`${url}alice/a/b.ttl`, { fetch })).toEqual({
      url: `${url}alice/`,
      descriptionUrl: `${url}alice/.well-known/solid`,
    });
  });

  it('asks each container once, and not too many', async () => {
    const server = await site(() => ({}));
    const deep = `${server.url}${'a/'.repeat(200)}doc`;
    await expect(discoverStorage(deep, { fetch })).rejects.toMatchObject({ code: 'POD_NOT_FOUND' });
    expect(server.requests.length).toBeLessThanOrEqual(33);
  });
});
