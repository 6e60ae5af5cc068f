import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import * as fc from 'fast-check';
import { sessionEnvironment } from '../../../apps/shared/session/config.ts';
import { siteCookie } from '../../../apps/shared/session/cookies.ts';
import { failureWords } from '../../../apps/shared/session/failure-words.ts';
import { localPath } from '../../../apps/shared/session/local-path.ts';
import { LoginFailure } from '../../../apps/shared/session/login-failure.ts';
import { labelsOf } from '../../../apps/shared/session/open-person.ts';
import { rememberedLogins } from '../../../apps/shared/session/remembered-logins.ts';
import { createSeal } from '../../../apps/shared/session/seal.ts';

/** A browser's side of one cookie, over real `Set-Cookie` semantics that matter here. */
function exchange(): {
  request: Request;
  response: Response;
  set: { name: string; options: object }[];
} {
  const headers: { cookie?: string } = {};
  const set: { name: string; options: object }[] = [];
  const response = {
    cookie(name: string, value: string, options: object) {
      headers.cookie = `other=1; ${name}=${value}`;
      set.push({ name, options });
    },
    clearCookie() {
      delete headers.cookie;
    },
  };
  return { request: { headers } as Request, response: response as unknown as Response, set };
}

describe('local path', () => {
  it('never leads to another site', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `/${text}`),
          fc.string().map((text) => `/\\${text}`),
        ),
        (value) => {
          const path = localPath(value);
          expect(new URL(path, 'https://app.example').origin).toBe('https://app.example');
          expect(path).toMatch(/^\/(?!\/)/u);
        },
      ),
      { seed: 2, numRuns: 500 },
    );
  });

  it.each([
    ['/trends?days=7', '/trends?days=7'],
    ['//attacker.example', '/'],
    ['/\\attacker.example', '/'],
    ['/x/..//attacker.example', '/'],
    ['https://attacker.example/', '/'],
    ['/\tattacker', '/attacker'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
  ])('takes %j as %j', (value, path) => {
    expect(localPath(value)).toBe(path);
  });
});

describe('cookies', () => {
  it('are bound to the host and to encryption where the site has it', () => {
    const { response, set } = exchange();
    siteCookie('session', 'https://wellpod.example/').write(response, 'v', 1000);
    expect(set).toEqual([
      {
        name: '__Host-wellpod-session',
        options: { httpOnly: true, sameSite: 'lax', secure: true, path: '/', maxAge: 1000 },
      },
    ]);
  });

  it('of two installations on one machine do not meet', () => {
    const { request, response } = exchange();
    siteCookie('session', 'http://localhost:3000/').write(response, 'v', 1000);
    expect(siteCookie('session', 'http://localhost:3000/').read(request)).toBe('v');
    expect(siteCookie('session', 'http://localhost:4000/').read(request)).toBeUndefined();
  });
});

describe('remembered logins', () => {
  const cookie = siteCookie('known', 'http://localhost:3000/');
  const remembered = rememberedLogins(cookie, createSeal(new Uint8Array(32), 'cookies'));

  it('come back newest first, once each, in a cookie that fits and says nothing', () => {
    const { request, response } = exchange();
    const who = (n: number): string => `https://alice-${n}.example/${'x'.repeat(800)}`;
    for (const n of [1, 2, 3, 2]) remembered.add(request, response, { who: who(n), label: `${n}` });
    expect(remembered.read(request).map(({ label }) => label)).toEqual(['2', '3', '1']);
    expect(request.headers.cookie).not.toContain('alice');
    expect(request.headers.cookie?.length).toBeLessThan(4096);
    remembered.forget(response);
    expect(remembered.read(request)).toEqual([]);
  });

  it('of a cookie that somebody made up are none', () => {
    fc.assert(
      fc.property(fc.base64String({ maxLength: 200 }), (text) => {
        const name = 'wellpod-known-3000';
        const request = { headers: { cookie: `${name}=${text.replaceAll(/[+/=]/gu, '_')}` } };
        expect(remembered.read(request as Request)).toEqual([]);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});

describe('labels of storages', () => {
  it('are hosts, with a path where two share one', () => {
    expect(
      labelsOf(['https://a.example/x/', 'https://b.example/', 'https://a.example/y/']),
    ).toEqual(['a.example/x/', 'b.example', 'a.example/y/']);
  });
});

describe('environment', () => {
  const all = { WELLPOD_ISSUER: 'i', WELLPOD_CLIENT_ID: 'c', WELLPOD_CLIENT_SECRET: 's' };

  it('gives credentials when they are whole, and names what is missing', () => {
    expect(sessionEnvironment(all).credentials).toEqual({
      issuer: 'i',
      clientId: 'c',
      clientSecret: 's',
      webId: undefined,
    });
    expect(sessionEnvironment({ WELLPOD_ISSUER: 'i', WELLPOD_CLIENT_ID: ' ' })).not.toHaveProperty(
      'credentials',
    );
    expect(() => sessionEnvironment({ ...all, WELLPOD_CLIENT_SECRET: '' })).toThrow(
      'Client credentials need WELLPOD_CLIENT_SECRET too',
    );
  });

  it('says where state is kept', () => {
    expect(sessionEnvironment({ WELLPOD_HOME: '/data' }).stateFolder).toBe('/data');
    expect(sessionEnvironment({}).stateFolder).toMatch(/\.wellpod$/u);
  });
});

describe('words of a failure', () => {
  it('name the host, and never more of an address', () => {
    const words = failureWords(new LoginFailure('unreachable', { host: 'pod.example' }));
    expect(words.title).toBe('pod.example does not answer');
    expect(failureWords(new LoginFailure('unreachable')).title).toBe('The server does not answer');
    expect(new LoginFailure('unreachable', { host: 'pod.example' }).message).not.toContain('pod');
  });
});
