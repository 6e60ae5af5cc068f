import { Parser } from 'n3';

const contains = 'http://www.w3.org/ns/ldp#contains';

/**
 * Every document under a container by its path, as its bytes say, read with plain requests; the
 * address of the storage is written as `{storage}`, so that two pods can be compared.
 */
export async function podContent(
  fetch: typeof globalThis.fetch,
  storageUrl: string,
  container = `${storageUrl}wellness/`,
): Promise<Map<string, string>> {
  const content = new Map<string, string>();
  const listing = await fetch(container, { headers: { accept: 'text/turtle' } });
  if (listing.status === 404) return content;
  if (!listing.ok) throw new Error(`${container} answered ${listing.status}`);
  const quads = new Parser({ baseIRI: container }).parse(await listing.text());
  for (const { predicate, object } of quads) {
    if (predicate.value !== contains) continue;
    if (object.value.endsWith('/')) {
      const inner = await podContent(fetch, storageUrl, object.value);
      for (const [path, text] of inner) content.set(path, text);
    } else {
      const response = await fetch(object.value);
      const text = await response.text();
      content.set(object.value.slice(storageUrl.length), text.replaceAll(storageUrl, '{storage}'));
    }
  }
  return new Map([...content].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
