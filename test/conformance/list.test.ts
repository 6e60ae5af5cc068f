import { describe, expect, it } from '@jest/globals';
import { all, failureOf, freshContainer, itCan, speaksHttp, pod, rawGet, text } from './pod.ts';

describe('list', () => {
  it('yields the direct members, containers marked as such', async () => {
    const container = freshContainer();
    await pod.write(`${container}a.txt`, text('a'));
    await pod.write(`${container}inner/b.txt`, text('b'));
    const members = await all(pod.list(container));
    expect(
      members
        .map(({ url, container: isContainer }) => ({ url, isContainer }))
        .toSorted((x, y) => x.url.localeCompare(y.url)),
    ).toEqual([
      { url: `${container}a.txt`, isContainer: false },
      { url: `${container}inner/`, isContainer: true },
    ]);
  });

  it('tells size and time of a document', async () => {
    const container = freshContainer();
    const beforeMs = Date.now();
    await pod.write(`${container}a.txt`, text('four'));
    const [member] = await all(pod.list(container));
    expect(member?.sizeBytes).toBe(4);
    // Files carry their time in the server's clock, which may be coarser than ours.
    expect(Math.abs((member?.modifiedMs ?? 0) - beforeMs)).toBeLessThan(5000);
  });

  itCan(
    () => speaksHttp,
    'yields what a plain GET of the container names',
    async () => {
      const container = freshContainer();
      const names = Array.from({ length: 12 }, (_, index) => `document-${index}.txt`);
      await Promise.all(names.map((name) => pod.write(`${container}${name}`, text(name))));
      const members = await all(pod.list(container));
      const turtle = await (await rawGet(container)).text();
      expect(members).toHaveLength(names.length);
      expect(names.filter((name) => !turtle.includes(name))).toEqual([]);
    },
  );

  it('does not yield access rules as members', async () => {
    const container = freshContainer();
    await pod.write(`${container}a.txt`, text('a'));
    if (pod.capabilities.accessBeforeCreate) {
      await pod.setAccess(container, await pod.access(container));
    }
    const members = await all(pod.list(container));
    expect(members.map(({ url }) => url)).toEqual([`${container}a.txt`]);
  });

  it('rejects with POD_NOT_FOUND where no container is', async () => {
    expect((await failureOf(all(pod.list(freshContainer())))).code).toBe('POD_NOT_FOUND');
  });

  it("rejects with POD_INVALID for an address that is not a container's", async () => {
    const listing = all(pod.list(`${freshContainer()}a.txt`));
    expect((await failureOf(listing)).code).toBe('POD_INVALID');
  });
});
