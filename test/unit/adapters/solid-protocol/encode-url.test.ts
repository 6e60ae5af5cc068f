import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { encodeUrl } from '../../../../adapters/solid-protocol/encode-url.ts';

describe('encodeUrl', () => {
  it.each([
    ['https://pod.example/a:b+c&d,e@f=g.ttl', 'https://pod.example/a%3Ab%2Bc%26d%2Ce%40f%3Dg.ttl'],
    ['https://pod.example/a%3ab.ttl', 'https://pod.example/a%3Ab.ttl'],
    ["https://pod.example/it's(1)!*~.ttl", "https://pod.example/it's(1)!*~.ttl"],
    ['https://pod.example/été.ttl', 'https://pod.example/%C3%A9t%C3%A9.ttl'],
    ['https://pod.example/a%2Fb', 'https://pod.example/a%2Fb'],
    ['https://pod.example/100%', 'https://pod.example/100%25'],
    ['https://pod.example/%ff', 'https://pod.example/%ff'],
    ['https://pod.example/profile/card#me', 'https://pod.example/profile/card'],
    ['https://pod.example/a?b=c:d', 'https://pod.example/a?b=c:d'],
    ['https://pod.example', 'https://pod.example/'],
  ])('spells %s as %s', (url, encoded) => {
    expect(encodeUrl(url)).toBe(encoded);
  });

  it('leaves alone what it spelled, and names the same resource', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 })), (names) => {
        fc.pre(names.every((name) => name !== '.' && name !== '..'));
        const url = `https://pod.example/${names.map(encodeURIComponent).join('/')}`;
        const once = encodeUrl(url);
        expect(encodeUrl(once)).toBe(once);
        const path = once.slice('https://pod.example/'.length).split('/');
        expect(names.length === 0 ? [] : path.map(decodeURIComponent)).toEqual(names);
      }),
      { seed: 3 },
    );
  });
});
