import { encodeUrl } from '../solid-protocol/encode-url.ts';
import { send } from '../solid-protocol/send.ts';

/** Lets changes of a storage's direct members happen one at a time. */
export interface RootGate {
  /** A write below the root: its first container is made first, and alone. */
  write<T>(url: string, write: () => Promise<T>): Promise<T>;
  /** A change that may itself add or remove a direct member, as the first access rules of one do. */
  change<T>(url: string, change: () => Promise<T>): Promise<T>;
}

/**
 * Community Solid Server 7.2 rewrites the metadata of a container, in place and without a lock,
 * whenever a member is added or removed. Of two at once, one reads the other's half-written file as
 * empty and stores that: a storage's root then forgets that it is a storage, and with that its
 * description and notifications. Deeper containers have nothing in that file to lose.
 */
export function rootGate(request: typeof fetch, storageUrl: string): RootGate {
  const known = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  const alone = async <T>(change: () => Promise<T>): Promise<T> => {
    const turn = last.then(change);
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    async write(url, write) {
      const first = firstContainer(url, storageUrl);
      if (first === undefined) return write();
      if (first === '') return alone(write);
      if (!known.has(first)) {
        await alone(async () => {
          if (!known.has(first)) await createContainer(request, first);
          known.add(first);
        });
      }
      return write();
    },

    async change(url, change) {
      const first = firstContainer(url, storageUrl);
      if (first === undefined || (known.has(first) && first !== encodeUrl(url))) return change();
      known.delete(first);
      return alone(change);
    },
  };
}

/** The direct member that a URL lies in, `''` for a document of the root itself. */
function firstContainer(url: string, storageUrl: string): string | undefined {
  const encoded = encodeUrl(url);
  if (!encoded.startsWith(storageUrl)) return undefined;
  const [name = '', ...deeper] = encoded.slice(storageUrl.length).split('/');
  return deeper.length === 0 ? '' : `${storageUrl}${name}/`;
}

async function createContainer(request: typeof fetch, url: string): Promise<void> {
  const head = await send(request, url, { method: 'HEAD', accepted: [401, 403, 404] });
  // An agent that may not look may still be allowed to write; the write itself will tell.
  if (head.status !== 404) return;
  const created = await send(request, url, {
    method: 'PUT',
    headers: { 'content-type': 'text/turtle', 'if-none-match': '*' },
    accepted: [401, 403, 409, 412],
  });
  await created.body?.cancel();
}
