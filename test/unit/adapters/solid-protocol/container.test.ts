import { describe, expect, it } from '@jest/globals';
import { Parser } from 'n3';
import { parseContainer } from '../../../../adapters/solid-protocol/container.ts';

const container = 'https://pod.example/alice/';
const parse = (turtle: string): ReturnType<typeof parseContainer> =>
  parseContainer(
    new Parser({ baseIRI: container }).parse(`
      @prefix ldp: <http://www.w3.org/ns/ldp#>. @prefix stat: <http://www.w3.org/ns/posix/stat#>.
      @prefix dc: <http://purl.org/dc/terms/>. ${turtle}`),
    container,
  );

describe('parseContainer', () => {
  it('reads sizes as numbers or strings, and times in milliseconds', () => {
    expect(
      parse(`<> ldp:contains <a.ttl>, <b/>. <a.ttl> stat:size "12"; stat:mtime 1;
        dc:modified "2026-01-01T00:00:00.250Z". <b/> stat:size "large".`),
    ).toEqual([
      {
        url: `${container}a.ttl`,
        container: false,
        sizeBytes: 12,
        modifiedMs: Date.UTC(2026, 0, 1, 0, 0, 0, 250),
      },
      { url: `${container}b/`, container: true },
    ]);
  });

  it('believes in direct children only', () => {
    const found = parse(`<> ldp:contains <https://evil.example/a>, </bob/b>, <deep/er>, <>, <..>,
      </alice-2/c>, <ok.ttl>, <ok.ttl>.`);
    expect(found.map(({ url }) => url)).toEqual([`${container}ok.ttl`]);
  });
});
