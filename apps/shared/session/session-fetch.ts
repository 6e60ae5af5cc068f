import * as oauth from 'oauth4webapi';
import { PodError } from '../../../adapters/contract/index.ts';
import { type DpopKey, proofSigner } from './dpop.ts';
import type { GrantKeeper } from './grant-keeper.ts';
import { type Surroundings, clockOffsetMs } from './http.ts';
import { LoginFailure } from './login-failure.ts';

interface Answer {
  readonly response: Response;
  /** The server asks for a proof with the nonce that it sent along. */
  readonly wantsNonce: boolean;
}

/**
 * A fetch that signs each request as the person (RFC 9449 §7). It sends the token wherever it is
 * told to, so it belongs inside `ownStorageFetch`. Redirects are returned, not followed, as the
 * proof names the address. Without a good token nothing is sent: never anonymously.
 * @throws PodError `POD_UNAUTHENTICATED` when the session has ended, `POD_UNAVAILABLE` when the
 *   issuer cannot be asked now.
 */
export function sessionFetch(keeper: GrantKeeper, around: Surroundings): typeof fetch {
  const offsets = new Map<string, number>();
  const offsetAt = (url: string): number => offsets.get(new URL(url).origin) ?? 0;
  const signerOf = keptSigner((url) => around.now() + offsetAt(url));

  const send = async (input: string | Request, init: RequestInit): Promise<Answer> => {
    const { accessToken, dpopKey } = await freshGrant(keeper);
    const given = input instanceof Request ? input : undefined;
    const headers = new Headers(init.headers ?? given?.headers);
    headers.delete('authorization');
    const method = init.method ?? given?.method ?? 'GET';
    const url = new URL(input instanceof Request ? input.url : input);
    const options = {
      DPoP: await signerOf(dpopKey),
      // The library signs; what is sent stays the caller's own request.
      [oauth.customFetch]: (_url: string, signed: { readonly headers: Record<string, string> }) =>
        around.fetch(input, { ...init, headers: signed.headers, redirect: 'manual' }),
      // `ownStorageFetch` and the guarded fetch say where to.
      [oauth.allowInsecureRequests]: true,
    };
    try {
      const response = await oauth.protectedResourceRequest(
        accessToken,
        method,
        url,
        headers,
        undefined,
        options,
      );
      return { response, wantsNonce: false };
    } catch (error) {
      if (!(error instanceof oauth.WWWAuthenticateChallengeError)) throw error;
      return { response: error.response, wantsNonce: oauth.isDPoPNonceError(error) };
    }
  };

  return async (resource, init = {}) => {
    const input = resource instanceof Request ? resource : String(resource);
    const url = input instanceof Request ? input.url : input;
    const signedOffsetMs = offsetAt(url);
    const { response, wantsNonce } = await send(input, init);
    const offsetMs = clockOffsetMs(response, around.now);
    const isClockWrong = Math.abs(offsetMs - signedOffsetMs) >= toleratedOffsetMs;
    if (isClockWrong) offsets.set(new URL(url).origin, offsetMs);
    const isWorthRepeating = response.status === 401 && (wantsNonce || isClockWrong);
    if (!isWorthRepeating || !canRepeat(input, init)) return response;
    await response.body?.cancel();
    return (await send(input, init)).response;
  };
}

// Proofs are accepted for a minute or two around the server's time.
const toleratedOffsetMs = 30_000;

/** One signer for as long as the key is the same, as it remembers the nonces of servers. */
function keptSigner(nowMs: (url: string) => number): (key: DpopKey) => Promise<oauth.DPoPHandle> {
  let kept: { readonly id: string; readonly signer: Promise<oauth.DPoPHandle> } | undefined;
  return (key) => {
    const id = JSON.stringify(key.publicJwk);
    if (kept?.id !== id) kept = { id, signer: proofSigner(key, nowMs) };
    return kept.signer;
  };
}

function canRepeat(input: string | Request, init: RequestInit): boolean {
  const body = init.body ?? (input instanceof Request ? input.body : undefined);
  return !(body instanceof ReadableStream);
}

async function freshGrant(keeper: GrantKeeper): ReturnType<GrantKeeper['fresh']> {
  try {
    return await keeper.fresh();
  } catch (cause) {
    if (cause instanceof LoginFailure && cause.code === 'unreachable') {
      throw new PodError('POD_UNAVAILABLE', 'The issuer of this login does not answer', { cause });
    }
    throw new PodError('POD_UNAUTHENTICATED', 'The login has ended', { cause });
  }
}
