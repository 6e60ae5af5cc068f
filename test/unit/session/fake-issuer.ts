import { type JWK, SignJWT, exportJWK, generateKeyPair } from 'jose';

/** What a test changes about the honest issuer. */
export interface IssuerTwist {
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** `undefined` removes a claim. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Signs with a key that is not published. */
  readonly foreignKey?: boolean;
  readonly profile?: string;
  /** Answers to token requests that come before the good one. */
  readonly refusals?: {
    readonly error: string;
    /** Default: 400. */
    readonly status?: number;
    readonly headers?: Record<string, string>;
  }[];
}

/** An issuer and the profiles that it vouches for, without a network. */
export interface FakeIssuer {
  readonly url: string;
  readonly webId: string;
  readonly fetch: typeof fetch;
  /** Token requests as they came. */
  readonly tokenRequests: { readonly headers: Headers; readonly body: URLSearchParams }[];
  /** Must be set to the nonce of the authorization request before the code is redeemed. */
  nonce: string;
}

export const fakeClientId = 'https://app.example/client-id.jsonld';

/** Makes an issuer that follows the specifications, except for the twist. */
export async function fakeIssuer(twist: IssuerTwist = {}): Promise<FakeIssuer> {
  const url = 'https://issuer.example/';
  const webId = 'https://alice.example/card#me';
  const published = await generateKeyPair('ES256');
  const foreign = await generateKeyPair('ES256');
  const jwk: JWK = { ...(await exportJWK(published.publicKey)), kid: 'k', alg: 'ES256' };
  const refusals = [...(twist.refusals ?? [])];
  const json = (
    body: unknown,
    init: { status?: number; headers?: Readonly<Record<string, string>> } = {},
  ): Response =>
    Response.json(body, { ...init, headers: { date: new Date().toUTCString(), ...init.headers } });

  const idToken = (issuer: FakeIssuer): Promise<string> =>
    new SignJWT({
      iss: url,
      aud: fakeClientId,
      sub: 'alice',
      webid: webId,
      azp: fakeClientId,
      nonce: issuer.nonce,
      iat: Math.floor(Date.now() / 1000),
      exp: Math.floor(Date.now() / 1000) + 3600,
      ...twist.claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'k', ...twist.header })
      .sign(twist.foreignKey === true ? foreign.privateKey : published.privateKey);

  const answer = async (target: string, init: RequestInit | undefined): Promise<Response> => {
    if (target === `${url}.well-known/openid-configuration`) {
      return json({
        issuer: url,
        authorization_endpoint: `${url}auth`,
        token_endpoint: `${url}token`,
        jwks_uri: `${url}keys`,
        scopes_supported: ['openid', 'webid'],
        id_token_signing_alg_values_supported: ['ES256'],
        ...twist.metadata,
      });
    }
    if (target === `${url}keys`) return json({ keys: [jwk] });
    if (target === `${url}token`) {
      const body = new URLSearchParams(await new Response(init?.body ?? null).text());
      fake.tokenRequests.push({ headers: new Headers(init?.headers), body });
      const refusal = refusals.shift();
      if (refusal !== undefined) {
        const { error, status = 400, headers } = refusal;
        return json({ error }, { status, ...(headers && { headers }) });
      }
      const id_token = await idToken(fake);
      return json({
        access_token: 'access',
        token_type: 'DPoP',
        refresh_token: 'refresh',
        expires_in: 3600,
        id_token,
      });
    }
    if (target === 'https://alice.example/card') {
      const profile =
        twist.profile ??
        `<#me> <http://www.w3.org/ns/solid/terms#oidcIssuer> <${url}>;
          <http://www.w3.org/ns/pim/space#storage> <https://pod.example/alice/>;
          <http://xmlns.com/foaf/0.1/name> "Alice".`;
      return new Response(profile, { headers: { 'content-type': 'text/turtle' } });
    }
    return new Response(null, { status: 404 });
  };

  const fake: FakeIssuer = {
    url,
    webId,
    nonce: '',
    tokenRequests: [],
    fetch: (input, init) => answer(input instanceof Request ? input.url : String(input), init),
  };
  return fake;
}
