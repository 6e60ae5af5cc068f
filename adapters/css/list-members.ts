import type { Entry } from '../contract/index.ts';

/**
 * The members under the addresses that reach them. Community Solid Server 7.2 keeps a `%3A` of a
 * name encoded in the file's name, and encodes its percent sign once more when it lists it.
 */
export async function* listMembers(entries: AsyncIterable<Entry>): AsyncIterable<Entry> {
  for await (const entry of entries) {
    yield { ...entry, url: entry.url.replaceAll('%253A', '%3A') };
  }
}
