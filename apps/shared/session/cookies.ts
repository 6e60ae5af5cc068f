import { createHash, randomBytes } from 'node:crypto';
import type { CookieOptions, Request, Response } from 'express';

/** One cookie of the site, with its name and its protections. */
export interface SiteCookie {
  read(request: Request): string | undefined;
  write(response: Response, value: string, maxAgeMs: number): void;
  clear(response: Response): void;
}

/**
 * A cookie that scripts cannot read and foreign sites cannot send along with a POST. Lax, not
 * strict: the way back from the issuer is a link from another site.
 */
export function siteCookie(purpose: string, baseUrl: string): SiteCookie {
  const { protocol, port } = new URL(baseUrl);
  const isSecure = protocol === 'https:';
  // Cookies do not know ports: two installations on one machine would log each other out.
  const name = isSecure ? `__Host-wellpod-${purpose}` : `wellpod-${purpose}-${port || '80'}`;
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' };
  return {
    read: (request) => valueOf(request.headers.cookie, name),
    write(response, value, maxAgeMs) {
      response.cookie(name, value, { ...options, maxAge: maxAgeMs });
    },
    clear(response) {
      response.clearCookie(name, options);
    },
  };
}

/** 256 random bits: not to be guessed, and safe in a cookie or URL as it is. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token where only equality matters. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function valueOf(header: string | undefined, name: string): string | undefined {
  const prefix = `${name}=`;
  const pair = header?.split('; ').find((text) => text.startsWith(prefix));
  const value = pair?.slice(prefix.length);
  // All our values are base64url; anything else was not set by us.
  return value !== undefined && /^[\w-]{1,4000}$/u.test(value) ? value : undefined;
}
