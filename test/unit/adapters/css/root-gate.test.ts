import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { rootGate } from '../../../../adapters/css/root-gate.ts';

const root = 'https://pod.example/alice/';

/** A host that remembers which members of the root it makes, and how many at once. */
function host() {
  const containers = new Set<string>();
  const asked: string[] = [];
  let busy = 0;
  let most = 0;
  const atRoot = async <T>(change: () => T): Promise<T> => {
    most = Math.max(most, ++busy);
    await pause(2);
    busy--;
    return change();
  };
  const request: typeof fetch = async (input, init) => {
    const url = new Request(input).url;
    asked.push(`${init?.method ?? 'GET'} ${url.slice(root.length)}`);
    if (init?.method === 'HEAD')
      return new Response(null, { status: containers.has(url) ? 200 : 404 });
    return atRoot(() => {
      containers.add(url);
      return new Response(null, { status: 201 });
    });
  };
  return { request, asked, atRoot, most: () => most };
}

describe('rootGate', () => {
  it('makes the first containers one at a time, each once, before the writes in them', async () => {
    const { request, asked, most } = host();
    const gate = rootGate(request, root);
    const written: string[] = [];
    await Promise.all(
      ['a/1', 'a/2', 'b/x/3', 'c/4', 'b/5'].map((path) =>
        gate.write(`${root}${path}`, async () => {
          written.push(path);
        }),
      ),
    );
    expect(written.toSorted()).toEqual(['a/1', 'a/2', 'b/5', 'b/x/3', 'c/4']);
    expect(asked).toEqual(['HEAD a/', 'PUT a/', 'HEAD b/', 'PUT b/', 'HEAD c/', 'PUT c/']);
    expect(most()).toBe(1);
  });

  it('lets documents of the root wait for each other, and others pass', async () => {
    const { request, atRoot, most } = host();
    const gate = rootGate(request, root);
    const write = (path: string): Promise<string> =>
      gate.write(new URL(path, root).href, () => atRoot(() => path));
    expect(await Promise.all(['a.txt', 'b.txt', 'c.txt'].map(write))).toHaveLength(3);
    expect(most()).toBe(1);
    await gate.write('https://elsewhere.example/x/y', async () => undefined);
  });

  it('goes on after a failure', async () => {
    const { request } = host();
    const gate = rootGate(request, root);
    const failing = gate.change(`${root}a/`, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await gate.change(`${root}a/`, async () => 'yes')).toBe('yes');
  });

  it('looks again after a direct member was removed', async () => {
    const { request, asked } = host();
    const gate = rootGate(request, root);
    await gate.write(`${root}a/1`, async () => undefined);
    await gate.change(`${root}a/`, async () => undefined);
    await gate.write(`${root}a/1`, async () => undefined);
    expect(asked.filter((one) => one === 'HEAD a/')).toHaveLength(2);
  });
});
