import { createHash, randomUUID } from 'node:crypto';
import { type JWK, SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';

/** The key pair that a session's tokens are bound to, as JWKs so that it survives a restart. */
export interface DpopKey {
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

/** What a stored `DpopKey` looks like. */
export const dpopKeySchema: z.ZodType<DpopKey> = z.object({
  privateJwk: z.looseObject({ kty: z.literal('EC'), d: z.string() }),
  publicJwk: z.looseObject({ kty: z.literal('EC') }),
});

const algorithm = 'ES256';

/** A fresh P-256 key pair. */
export async function createDpopKey(): Promise<DpopKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateJwk: await exportJWK(privateKey), publicJwk: await exportJWK(publicKey) };
}

/** What a proof is for. */
export interface ProofOptions {
  readonly method: string;
  readonly url: string;
  /** UTC epoch milliseconds by the clock of the server that will check it. */
  readonly atMs: number;
  readonly accessToken?: string;
  readonly nonce?: string;
}

/** A DPoP proof for one request (RFC 9449 §4.2). */
export async function dpopProof(key: DpopKey, options: ProofOptions): Promise<string> {
  const target = new URL(options.url);
  target.search = '';
  target.hash = '';
  const claims = {
    htm: options.method.toUpperCase(),
    htu: target.href,
    jti: randomUUID(),
    ...(options.accessToken && { ath: sha256(options.accessToken) }),
    ...(options.nonce && { nonce: options.nonce }),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, typ: 'dpop+jwt', jwk: { ...key.publicJwk } })
    .setIssuedAt(Math.floor(options.atMs / 1000))
    .sign(await importJWK(key.privateJwk, algorithm));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
