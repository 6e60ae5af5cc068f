import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { type Surroundings, clockOffsetMs } from './http.ts';
import { LoginFailure } from './login-failure.ts';
import { withoutSecrets } from './protocol.ts';

/** The issuer's `error` of a refused token request (RFC 6749 §5.2). */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly error: string;
  /** The issuer's clock minus ours, in ms, where one more request may be granted. */
  readonly retryOffsetMs: number | undefined;

  constructor(error: string, retryOffsetMs?: number) {
    super(`The issuer refused the token request: ${error}`);
    this.error = error;
    this.retryOffsetMs = retryOffsetMs;
  }
}

const noAnswer: readonly (string | undefined)[] = [
  oauth.RESPONSE_IS_NOT_CONFORM,
  oauth.RESPONSE_IS_NOT_JSON,
  oauth.PARSE_ERROR,
];

const refusal = z.object({ error: z.string() });

/** What a failed token request means: a `TokenRefused`, or a `LoginFailure` that names the host. */
export async function tokenFailure(
  thrown: unknown,
  host: string,
  { now }: Surroundings,
): Promise<TokenRefused | LoginFailure> {
  if (thrown instanceof LoginFailure) return thrown;
  const details = { host, cause: withoutSecrets(thrown) };
  if (thrown instanceof oauth.ResponseBodyError) {
    const { error, response } = thrown;
    const offsetMs = clockOffsetMs(response, now);
    const isAboutTime = error === 'invalid_dpop_proof' && offsetMs !== 0;
    const mayRetry = oauth.isDPoPNonceError(thrown) || isAboutTime;
    return new TokenRefused(error, mayRetry ? offsetMs : undefined);
  }
  // A refused client comes with a challenge (RFC 6749 §5.2), at which the library reads no further.
  if (thrown instanceof oauth.WWWAuthenticateChallengeError) {
    const body: unknown = await thrown.response.json().catch(() => undefined);
    const given = refusal.safeParse(body).data;
    return given ? new TokenRefused(given.error) : new LoginFailure('unreachable', details);
  }
  const isNoAnswer =
    thrown instanceof oauth.OperationProcessingError && noAnswer.includes(thrown.code);
  return new LoginFailure(isNoAnswer ? 'unreachable' : 'token-invalid', details);
}
