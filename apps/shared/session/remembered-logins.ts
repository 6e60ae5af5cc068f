import type { Request, Response } from 'express';
import { z } from 'zod';
import type { SiteCookie } from './cookies.ts';
import type { Seal } from './seal.ts';

/** A WebID or issuer that logged in from this browser before. */
export interface RememberedLogin {
  /** As it goes back into the box. */
  readonly who: string;
  readonly label: string;
}

/** The logins that a browser remembers: in its own cookie, encrypted, nowhere else. */
export interface RememberedLogins {
  read(request: Request): readonly RememberedLogin[];
  add(request: Request, response: Response, login: RememberedLogin): void;
  forget(response: Response): void;
}

const schema = z.array(z.object({ who: z.string(), label: z.string() }));
const context = 'remembered logins';
const most = 5;
const lifeMs = 365 * 86_400_000;
/** Browsers drop cookies above 4,096 bytes; sealing and base64 add a third. */
const maxPlainBytes = 2800;

/** Keeps remembered logins in a cookie that only this site can open. */
export function rememberedLogins(cookie: SiteCookie, seal: Seal): RememberedLogins {
  const read = (request: Request): readonly RememberedLogin[] => {
    const value = cookie.read(request);
    const plain = value && seal.open(Buffer.from(value, 'base64url'), context);
    if (!plain) return [];
    return schema.safeParse(JSON.parse(plain.toString('utf8'))).data ?? [];
  };
  return {
    read,
    add(request, response, login) {
      const others = read(request).filter(({ who }) => who !== login.who);
      const kept = fitting([login, ...others].slice(0, most));
      cookie.write(response, seal.close(kept, context).toString('base64url'), lifeMs);
    },
    forget: (response) => cookie.clear(response),
  };
}

function fitting(logins: readonly RememberedLogin[]): Buffer {
  const plain = Buffer.from(JSON.stringify(logins));
  return plain.length <= maxPlainBytes ? plain : fitting(logins.slice(0, -1));
}
