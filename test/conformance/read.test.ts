import { describe, expect, it } from '@jest/globals';
import { DataFactory } from 'n3';
import {
  all,
  failureOf,
  freshUrl,
  itCan,
  speaksHttp,
  pod,
  rawGet,
  target,
  text,
  textOf,
} from './pod.ts';

const { literal, namedNode, quad } = DataFactory;

describe('read', () => {
  it('returns the quads that were written', async () => {
    const url = freshUrl();
    const statement = quad(namedNode(`${url}#r`), namedNode('urn:value'), literal('72'));
    await pod.write(url, { quads: [statement] });
    const found = [];
    for await (const one of (await pod.read(url)).quads()) found.push(one);
    expect(found.map((one) => one.equals(statement))).toEqual([true]);
  });

  it('returns the bytes that were written, with their type', async () => {
    const url = freshUrl('note.txt');
    await pod.write(url, text('été, 🌙'));
    const found = await pod.read(url);
    expect(found.contentType).toMatch(/^text\/plain/);
    expect(await textOf(found)).toBe('été, 🌙');
  });

  itCan(
    () => speaksHttp,
    'returns what a plain GET returns',
    async () => {
      const url = freshUrl();
      await pod.write(url, text('<#a> <urn:p> "x", 1.5 .', 'text/turtle'));
      const raw = await rawGet(url);
      const found = await pod.read(url);
      expect(found.etag).toBe(raw.headers.get('etag'));
      expect(await textOf(found)).toBe(await raw.text());
    },
  );

  it('returns a document as stored when asked for its own type', async () => {
    const url = freshUrl('data.json');
    const json = '{"@id": "#a", "urn:p": 1}';
    await pod.write(url, text(json, 'application/ld+json'));
    const found = await pod.read(url, { accept: 'application/ld+json' });
    expect(await textOf(found)).toBe(json);
  });

  it('parses JSON-LD', async () => {
    const url = freshUrl('data.json');
    await pod.write(url, text('{"@id": "#a", "urn:p": "v"}', 'application/ld+json'));
    const found = [];
    for await (const { object } of (
      await pod.read(url, { accept: 'application/ld+json' })
    ).quads()) {
      found.push(object.value);
    }
    expect(found).toEqual(['v']);
  });

  it('spells a resource one way, in its address and its relative IRIs', async () => {
    const container = freshUrl('');
    await pod.write(`${container}a:b+c.ttl`, text('<#it> <urn:p> <>.', 'text/turtle'));
    const [entry] = await all(pod.list(container));
    const found = await pod.read(`${container}a:b+c.ttl`);
    const [statement] = await all(found.quads());
    expect(found.url).toBe(entry?.url);
    expect(statement?.object.value).toBe(entry?.url);
  });

  it('rejects with POD_NOT_FOUND where nothing is stored', async () => {
    const url = freshUrl();
    expect(await failureOf(pod.read(url))).toMatchObject({ code: 'POD_NOT_FOUND', url });
  });

  it('rejects with POD_INVALID when bytes that are no RDF are read as quads', async () => {
    const url = freshUrl('note.txt');
    await pod.write(url, text('just words'));
    const quads = all((await pod.read(url)).quads());
    expect((await failureOf(quads)).code).toBe('POD_INVALID');
  });

  it('rejects with POD_INVALID when a document is malformed', async () => {
    const url = freshUrl();
    await pod.write(url, text('<#a> <#b', 'text/turtle'));
    const failure = await failureOf(all((await pod.read(url)).quads()));
    expect(failure.code).toBe('POD_INVALID');
    expect(failure.message).not.toContain('#b');
  });

  it("rejects with the signal's own reason when aborted", async () => {
    const reason = new Error('changed my mind');
    await expect(pod.read(target.root, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('readIfChanged', () => {
  itCan(
    (c) => c.readIfChanged,
    'returns nothing while the resource keeps its ETag, then the new body',
    async () => {
      const url = freshUrl('note.txt');
      await pod.write(url, text('first'));
      const { etag = '' } = await pod.read(url);
      expect(await pod.readIfChanged(url, etag)).toBeUndefined();
      await pod.write(url, text('second, longer'));
      const found = await pod.readIfChanged(url, etag);
      expect(found && (await textOf(found))).toBe('second, longer');
    },
  );

  it('rejects with POD_NOT_FOUND when the resource is gone', async () => {
    const url = freshUrl('note.txt');
    await pod.write(url, text('first'));
    const { etag = '""' } = await pod.read(url);
    await pod.remove(url);
    expect((await failureOf(pod.readIfChanged(url, etag))).code).toBe('POD_NOT_FOUND');
  });
});
