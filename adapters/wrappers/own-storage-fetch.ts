import {
  type RequestParts,
  initOf,
  redirectTarget,
  refusedRedirect,
  requestParts,
  withoutSecrets,
} from './request-parts.ts';

/** Where a token may go. */
export interface OwnStorageOptions {
  /**
   * Origins (`https://pod.example`) or URL prefixes (`https://pod.example/alice/`) of the session's
   * own storages.
   */
  readonly storages: readonly string[];
  /** Used for every other address; it carries no token. */
  readonly anonymous: typeof fetch;
  /** Default 5. */
  readonly maxRedirects?: number;
}

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
  const sendAnonymously = (parts: RequestParts, url: URL): Promise<Response> =>
    anonymous(url.href, { ...initOf(parts), headers: withoutSecrets(parts.headers) });

  return async (input, init) => {
    const parts = requestParts(input, init);
    const { method, redirect } = parts;
    const mayFollow = redirect === 'follow' && (method === 'GET' || method === 'HEAD');
    let { url } = parts;
    for (let redirects = 0; isOwn(url); redirects++) {
      const response = await authenticated(url.href, { ...initOf(parts), redirect: 'manual' });
      const target = redirectTarget(response, url);
      if (target === undefined || redirect === 'manual') return response;
      await response.body?.cancel();
      if (!mayFollow || redirects >= maxRedirects) throw refusedRedirect(url, response.status);
      url = target;
    }
    return sendAnonymously(parts, url);
  };
}

function isInside(url: URL, storage: URL): boolean {
  if (url.origin !== storage.origin) return false;
  const folder = storage.pathname.endsWith('/') ? storage.pathname : `${storage.pathname}/`;
  return url.pathname.startsWith(folder) || url.pathname === storage.pathname;
}
