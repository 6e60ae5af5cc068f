import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { DataFactory, Parser } from 'n3';
import { digestOf, folderAbove } from '../../../vocab/document/digest.ts';

const { literal, namedNode, quad } = DataFactory;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

describe('digestOf', () => {
  it('hashes the example of the ontology', () => {
    const url = 'https://pod.example/wellness/sensor/a.ttl';
    const turtle = '@prefix well: <https://w3id.org/wellpod/wellness#> . <#it> well:source "a" .';
    const line = '<sensor/a.ttl#it> <https://w3id.org/wellpod/wellness#source> "a" .\n';
    expect(digestOf(new Parser({ baseIRI: url }).parse(turtle), url)).toBe(sha256(line));
    expect(sha256(line)).toBe('f9bca1ee2be4b916de59cc14e8a63157d309682d33fd045ec518e5e4f0ef041a');
  });

  it('sorts by UTF-8 bytes, leaves repetitions out and escapes as canonical N-Triples', () => {
    const url = 'https://pod.example/a.ttl';
    const [s, p] = [namedNode('urn:s'), namedNode('urn:p')];
    const triples = ['\u{1f600}', '\uff5e', 'a"b\\c\nd\re\tf', '\uff5e'].map((text) =>
      quad(s, p, literal(text)),
    );
    const language = quad(s, p, literal('nuit', 'fr'));
    const number = quad(s, p, literal('1', namedNode('urn:number')));
    // U+FF5E sorts before U+1F600 in UTF-8 and after it in UTF-16.
    const lines = [
      '"1"^^<urn:number>',
      '"a\\"b\\\\c\\nd\\re\tf"',
      '"nuit"@fr',
      '"\uff5e"',
      '"\u{1f600}"',
    ];
    const text = lines.map((line) => `<urn:s> <urn:p> ${line} .\n`).join('');
    expect(digestOf([...triples, language, number], url)).toBe(sha256(text));
  });
});

describe('folderAbove', () => {
  it.each([
    ['https://pod.example/alice/wellness/sleep/a.ttl', 'https://pod.example/alice/wellness/'],
    ['https://pod.example/sleep/a.ttl', 'https://pod.example/'],
    ['https://pod.example/a.ttl', ''],
    ['memory://pod/wellness/sleep/a.ttl', 'memory://pod/wellness/'],
    ['file:///tmp/wellness/sleep/a.ttl', 'file:///tmp/wellness/'],
    ['https://pod.example/x/y/?path=/a/b/c', 'https://pod.example/x/'],
    ['urn:uuid:1', ''],
  ])('of %s is "%s"', (url, folder) => {
    expect(folderAbove(url)).toBe(folder);
  });
});
