import { z } from 'zod';
import { type DpopKey, dpopProof } from './dpop.ts';
import { type Surroundings, ask, clockOffsetMs, hostOf, jsonBody } from './http.ts';
import type { Issuer } from './issuer.ts';
import { LoginFailure } from './login-failure.ts';
import { type OidcClient, authenticateClient } from './oidc-client.ts';

/** What the token endpoint answered (RFC 6749 §5.1). */
export interface TokenAnswer {
  readonly accessToken: string;
  /** UTC epoch milliseconds by our clock. */
  readonly accessExpiresMs: number;
  readonly refreshToken?: string;
  readonly idToken?: string;
}

/** How the issuer wants the proof made, where that is why it refused. */
interface ProofAdvice {
  readonly offsetMs: number;
  readonly nonce?: string;
}

/** The issuer's `error` of a refused token request (RFC 6749 §5.2). */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly error: string;
  readonly advice: ProofAdvice | undefined;

  constructor(error: string, advice?: ProofAdvice) {
    super(`The issuer refused the token request: ${error}`);
    this.error = error;
    this.advice = advice;
  }
}

const answer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
});

const refusal = z.object({ error: z.string() });

/** Without `expires_in` the life is the issuer's secret: a short guess costs one refresh. */
const assumedLifeSeconds = 300;

/** One request for tokens. */
export interface TokenRequest {
  readonly issuer: Issuer;
  readonly client: OidcClient;
  readonly key: DpopKey;
  /** `grant_type` and what belongs to it. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Asks for tokens bound to the key. Answers a demand for a nonce (RFC 9449 §8), and a complaint
 * about the proof's time by the issuer's own clock, with one more try.
 * @throws TokenRefused with the issuer's error.
 * @throws LoginFailure `unreachable` when there is no usable answer.
 */
export async function requestTokens(
  request: TokenRequest,
  around: Surroundings,
): Promise<TokenAnswer> {
  try {
    return await send(request, around, { offsetMs: request.issuer.clockOffsetMs });
  } catch (error) {
    if (!(error instanceof TokenRefused) || error.advice === undefined) throw error;
    return send(request, around, error.advice);
  }
}

async function send(
  { issuer, client, key, parameters }: TokenRequest,
  around: Surroundings,
  proof: ProofAdvice,
): Promise<TokenAnswer> {
  const atMs = around.now() + proof.offsetMs;
  const { tokenEndpoint: url } = issuer;
  const body = new URLSearchParams(parameters);
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    dpop: await dpopProof(key, {
      method: 'POST',
      url,
      atMs,
      ...(proof.nonce && { nonce: proof.nonce }),
    }),
  });
  authenticateClient(client, headers, body);

  const response = await ask(url, { method: 'POST', headers, body: body.toString() }, around);
  if (!response.ok) throw await refusalOf(response, around);
  const given = await jsonBody(response, answer);
  if (given === undefined) throw new LoginFailure('unreachable', { host: hostOf(url) });
  const lifeMs = (given.expires_in ?? assumedLifeSeconds) * 1000;
  return {
    accessToken: given.access_token,
    accessExpiresMs: around.now() + lifeMs,
    ...(given.refresh_token !== undefined && { refreshToken: given.refresh_token }),
    ...(given.id_token !== undefined && { idToken: given.id_token }),
  };
}

async function refusalOf(response: Response, { now }: Surroundings): Promise<Error> {
  const error = (await jsonBody(response, refusal))?.error;
  if (error === undefined) return new LoginFailure('unreachable', { host: hostOf(response.url) });
  const nonce = response.headers.get('dpop-nonce');
  const offsetMs = clockOffsetMs(response, now);
  if (error === 'use_dpop_nonce' && nonce !== null) {
    return new TokenRefused(error, { offsetMs, nonce });
  }
  const isAboutTime = error === 'invalid_dpop_proof' && offsetMs !== 0;
  return new TokenRefused(error, isAboutTime ? { offsetMs } : undefined);
}
