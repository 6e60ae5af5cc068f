import { PodError } from '../../../adapters/contract/index.ts';
import { dpopProof } from './dpop.ts';
import type { GrantKeeper } from './grant-keeper.ts';
import { type Surroundings, clockOffsetMs } from './http.ts';
import { LoginFailure } from './login-failure.ts';

/** What the last answers of a server told about it. */
interface ServerState {
  readonly offsetMs: number;
  readonly nonce?: string;
}

/**
 * A fetch that signs each request as the person (RFC 9449 §7). It sends the token wherever it is
 * told to, so it belongs inside `ownStorageFetch`. Redirects are returned, not followed, as the
 * proof names the address. Without a good token nothing is sent: never anonymously.
 * @throws PodError `POD_UNAUTHENTICATED` when the session has ended, `POD_UNAVAILABLE` when the
 *   issuer cannot be asked now.
 */
export function sessionFetch(keeper: GrantKeeper, around: Surroundings): typeof fetch {
  const servers = new Map<string, ServerState>();

  const send = async (input: string | Request, init: RequestInit, state: ServerState) => {
    const { accessToken, dpopKey } = await freshGrant(keeper);
    const isRequest = input instanceof Request;
    const url = isRequest ? input.url : input;
    const headers = new Headers(init.headers ?? (isRequest ? input.headers : undefined));
    const proof = await dpopProof(dpopKey, {
      method: init.method ?? (isRequest ? input.method : 'GET'),
      url,
      atMs: around.now() + state.offsetMs,
      accessToken,
      ...(state.nonce && { nonce: state.nonce }),
    });
    headers.set('authorization', `DPoP ${accessToken}`);
    headers.set('dpop', proof);
    return around.fetch(input, { ...init, headers, redirect: 'manual' });
  };

  return async (resource, init = {}) => {
    const input = resource instanceof Request ? resource : String(resource);
    const { origin } = new URL(input instanceof Request ? input.url : input);
    const before = servers.get(origin) ?? { offsetMs: 0 };
    const response = await send(input, init, before);
    const after = learned(response, around.now, before);
    servers.set(origin, after);
    const isWorthRepeating = after.nonce !== before.nonce || after.offsetMs !== before.offsetMs;
    if (response.status !== 401 || !isWorthRepeating || !canRepeat(input, init)) return response;
    await response.body?.cancel();
    return send(input, init, after);
  };
}

// Proofs are accepted for a minute or two around the server's time.
const toleratedOffsetMs = 30_000;

function learned(response: Response, now: () => number, before: ServerState): ServerState {
  const offsetMs = clockOffsetMs(response, now);
  const nonce = response.headers.get('dpop-nonce') ?? before.nonce;
  const isSame = Math.abs(offsetMs - before.offsetMs) < toleratedOffsetMs;
  return { offsetMs: isSame ? before.offsetMs : offsetMs, ...(nonce !== undefined && { nonce }) };
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
