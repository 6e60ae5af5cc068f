import { type JWK, exportJWK } from 'jose';
import * as oauth from 'oauth4webapi';
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

/** A fresh P-256 key pair. */
export async function createDpopKey(): Promise<DpopKey> {
  const { privateKey, publicKey } = await oauth.generateKeyPair('ES256', { extractable: true });
  return { privateJwk: await exportJWK(privateKey), publicJwk: await exportJWK(publicKey) };
}

/**
 * What signs the proofs of one key (RFC 9449 §4.2) and remembers each server's nonce. `nowMs` is
 * the time, in UTC epoch milliseconds, by the clock of the server at a URL.
 */
export async function proofSigner(
  key: DpopKey,
  nowMs: (url: string) => number,
): Promise<oauth.DPoPHandle> {
  const [privateKey, publicKey] = await Promise.all([
    imported(key.privateJwk, 'sign'),
    imported(key.publicJwk, 'verify'),
  ]);
  return oauth.DPoP(
    {},
    { privateKey, publicKey },
    {
      [oauth.modifyAssertion](_header, claims) {
        const { htu } = claims;
        if (typeof htu === 'string') claims['iat'] = Math.floor(nowMs(htu) / 1000);
      },
    },
  );
}

function imported(jwk: JWK, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  // The library puts the public key into each proof; the private one stays within.
  return crypto.subtle.importKey('jwk', jwk, algorithm, usage === 'verify', [usage]);
}
