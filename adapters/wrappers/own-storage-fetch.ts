import { PodError } from '../contract/index.ts';

/** Where a token may go. */
export interface OwnStorageOptions {
  /** Origins (`https://pod.example`) or URL prefixes (`https://pod.example/alice/`) of the session's own storages. */
  readonly storages: readonly string[];
  /** Used for every other address; it carries no token. */
  readonly anonymous: typeof fetch;
  /** Default 5. */
  readonly maxRedirects?: number;
}

const secretHeaders = ['authorization', 'cookie', 'dpop'];

/**
 * A fetch that uses the session for its own storages alone. A redirect that leads out of them goes
 * on without the token; one that stays in is signed anew, as a DPoP proof names the address
 * (RFC 9449 §4.2).
 */
export function ownStorageFetch(
  authenticated: typeof fetch,
  { storages, anonymous, maxRedirects = 5 }: OwnStorageOptions,
): typeof fetch {
  const own = storages.map((storage) => new URL(storage));
  const isOwn = (url: URL): boolean => own.some((storage) => isInside(url, storage));

  return async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : String(input));
    if (!isOwn(url)) return anonymous(input, withoutSecrets(input, init));

    const method = (
      init?.method ?? (input instanceof Request ? input.method : 'GET')
    ).toUpperCase();
    const redirect = init?.redirect ?? (input instanceof Request ? input.redirect : 'follow');
    let response = await authenticated(input, { ...init, redirect: 'manual' });
    for (let redirects = 0; isRedirect(response) && redirect !== 'manual'; redirects++) {
      const target = new URL(response.headers.get('location') ?? '', url);
      await response.body?.cancel();
      if (redirect === 'error' || !isRead(method) || redirects >= maxRedirects) {
        throw new PodError('POD_INVALID', 'The pod leads on to other addresses', {
          url: url.href,
          status: response.status,
        });
      }
      const next = { ...init, method, ...(input instanceof Request && { signal: input.signal }) };
      if (!isOwn(target)) return anonymous(target, withoutSecrets(target, next));
      url = target;
      response = await authenticated(target.href, { ...next, redirect: 'manual' });
    }
    return response;
  };
}

function isInside(url: URL, storage: URL): boolean {
  if (url.origin !== storage.origin) return false;
  const folder = storage.pathname.endsWith('/') ? storage.pathname : `${storage.pathname}/`;
  return url.pathname.startsWith(folder) || url.pathname === storage.pathname;
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

const isRedirect = (response: Response): boolean =>
  [301, 302, 303, 307, 308].includes(response.status) && response.headers.has('location');

function withoutSecrets(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
): RequestInit | undefined {
  const given = init?.headers ?? (input instanceof Request ? input.headers : undefined);
  if (given === undefined) return init;
  const headers = new Headers(given);
  for (const name of secretHeaders) headers.delete(name);
  return { ...init, headers };
}
