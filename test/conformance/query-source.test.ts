import { describe, expect, it } from '@jest/globals';
import { freshUrl, pod, text } from './pod.ts';

describe('querySource', () => {
  it('leads to the triples of a document', async () => {
    const url = freshUrl();
    await pod.write(url, text('<#a> <urn:p> "v" .', 'text/turtle'));
    const source = await pod.querySource(url);
    const values: string[] = [];
    if (source.kind === 'documents') {
      const body = await source.fetch(source.urls[0] ?? '', { headers: { accept: 'text/turtle' } });
      values.push(await body.text());
    } else if (source.kind === 'rdfjs') {
      for await (const quad of source.source.match() as unknown as AsyncIterable<{
        object: { value: string };
      }>) {
        values.push(`"${quad.object.value}"`);
      }
    }
    expect(values.join()).toContain('"v"');
  });
});
