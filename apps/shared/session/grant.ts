import { z } from 'zod';
import { type DpopKey, dpopKeySchema } from './dpop.ts';
import { type OidcClient, oidcClientSchema } from './oidc-client.ts';

/** What an issuer gave this application to act as a person. Kept encrypted, never logged. */
export interface Grant {
  readonly webId: string;
  readonly issuer: string;
  readonly client: OidcClient;
  readonly dpopKey: DpopKey;
  readonly accessToken: string;
  /** UTC epoch milliseconds, as are all times here. */
  readonly accessExpiresMs: number;
  /** Absent for client credentials, and where the issuer gives none. */
  readonly refreshToken?: string;
  /** When tokens were last had. */
  readonly renewedMs: number;
  /** When the issuer will ask for a new login, where it is known. */
  readonly connectedUntilMs?: number;
}

/** What a stored `Grant` looks like. */
export const grantSchema: z.ZodType<Grant> = z
  .object({
    webId: z.string(),
    issuer: z.string(),
    client: oidcClientSchema,
    dpopKey: dpopKeySchema,
    accessToken: z.string(),
    accessExpiresMs: z.number(),
    refreshToken: z.string().optional(),
    renewedMs: z.number(),
    connectedUntilMs: z.number().optional(),
  })
  .transform(({ refreshToken, connectedUntilMs, ...grant }) => ({
    ...grant,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(connectedUntilMs !== undefined && { connectedUntilMs }),
  }));
