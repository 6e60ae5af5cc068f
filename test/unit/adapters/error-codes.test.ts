import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { codeFor } from '../../../adapters/solid-protocol/send.ts';

const require = createRequire(import.meta.url);
const read = (path: string): Promise<string> => readFile(require.resolve(`#root/${path}`), 'utf8');

/** Codes with their reactions, as lines of a file say them. */
const table = (text: string, row: RegExp): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(row)].map(([, code = '', reaction = '']) => [code, reaction.trim()]));

describe('error codes', () => {
  it('are the same in the contract and in the reference table', async () => {
    const contract = table(
      await read('adapters/contract/errors.ts'),
      /^ +\| '(POD_\w+)';? *\/\/ (.+)$/gm,
    );
    const readme = table(await read('adapters/README.md'), /^\| `(POD_\w+)` +\| (.+?) \|$/gm);
    expect(contract.size).toBeGreaterThan(7);
    expect([...readme.keys()]).toEqual([...contract.keys()]);
    for (const [code, reaction] of contract) {
      // The table may say more about a reaction, never something else.
      expect(`${code}: ${withoutRemark(readme.get(code) ?? '')}`).toBe(`${code}: ${reaction}`);
    }
  });

  it.each([
    [401, 'POD_UNAUTHENTICATED'],
    [403, 'POD_FORBIDDEN'],
    [404, 'POD_NOT_FOUND'],
    [410, 'POD_NOT_FOUND'],
    [405, 'POD_UNSUPPORTED'],
    [501, 'POD_UNSUPPORTED'],
    [412, 'POD_PRECONDITION_FAILED'],
    [413, 'POD_FULL'],
    [507, 'POD_FULL'],
    [408, 'POD_UNAVAILABLE'],
    [423, 'POD_UNAVAILABLE'],
    [429, 'POD_UNAVAILABLE'],
    [500, 'POD_UNAVAILABLE'],
    [503, 'POD_UNAVAILABLE'],
    [400, 'POD_INVALID'],
    [409, 'POD_INVALID'],
    [415, 'POD_INVALID'],
    [422, 'POD_INVALID'],
  ])('turn the status %i into %s', (status, code) => {
    expect(codeFor(status)).toBe(code);
  });
});

const withoutRemark = (reaction: string): string => reaction.replace(/ \(.+?\)/, '');
