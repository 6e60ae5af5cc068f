import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ClientCredentials } from './renew-grant.ts';

/** What the environment says about sessions. */
export interface SessionEnvironment {
  /** `WELLPOD_HOME`, else `~/.wellpod`. */
  readonly stateFolder: string;
  /** `WELLPOD_STATE_KEY`: 32 bytes in base64, for machines that keep keys outside of files. */
  readonly stateKey?: string;
  /** From `WELLPOD_ISSUER`, `WELLPOD_CLIENT_ID`, `WELLPOD_CLIENT_SECRET` and, to be sure who, `WELLPOD_WEBID`. */
  readonly credentials?: ClientCredentials;
}

/**
 * Reads the environment. An empty variable counts as absent.
 * @throws Error naming the missing variable when the credentials are there in part.
 */
export function sessionEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): SessionEnvironment {
  const value = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const stateKey = value('WELLPOD_STATE_KEY');
  const credentials = credentialsIn(value);
  return {
    stateFolder: value('WELLPOD_HOME') ?? join(homedir(), '.wellpod'),
    ...(stateKey !== undefined && { stateKey }),
    ...(credentials !== undefined && { credentials }),
  };
}

function credentialsIn(value: (name: string) => string | undefined): ClientCredentials | undefined {
  const clientId = value('WELLPOD_CLIENT_ID');
  const clientSecret = value('WELLPOD_CLIENT_SECRET');
  const issuer = value('WELLPOD_ISSUER');
  const webId = value('WELLPOD_WEBID');
  if (clientId === undefined && clientSecret === undefined) return undefined;
  const missing = Object.entries({
    WELLPOD_ISSUER: issuer,
    WELLPOD_CLIENT_ID: clientId,
    WELLPOD_CLIENT_SECRET: clientSecret,
  }).find(([, given]) => given === undefined);
  if (missing !== undefined || !issuer || !clientId || !clientSecret) {
    throw new Error(`Client credentials need ${missing?.[0]} too`);
  }
  return { issuer, clientId, clientSecret, webId };
}
