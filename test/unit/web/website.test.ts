import { request as httpRequest } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { PodError } from '../../../adapters/contract/index.ts';
import { html } from '../../../apps/shared/web/html-handler.ts';
import { siteAssets } from '../../../apps/shared/web/site-assets.ts';
import { aPerson } from './people.ts';
import { withSite } from './running-site.ts';

const secret = 'https://anna.example/secret#me';

function routerWith(failure: () => Error): express.Router {
  const router = express.Router();
  router.get(
    '/fails',
    html(() => {
      throw failure();
    }),
  );
  router.post('/change', (_request, response) => {
    response.send('changed');
  });
  return router;
}

const routers = [routerWith(() => new Error(secret))];

/** `fetch` refuses to set `Host`; a rebinding attacker's browser would. */
function requestAs(host: string, url: string, method: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers: { host } }, ({ statusCode }) => resolve(statusCode))
      .on('error', reject)
      .end();
  });
}

describe('every response', () => {
  it('forbids everything that is not our own file', async () => {
    await withSite({}, async (baseUrl) => {
      const { headers } = await fetch(`${baseUrl}/problems`);
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split(';').map((directive) => {
          const [name = '', ...sources] = directive.trim().split(' ');
          return [name, sources.join(' ')] as const;
        }),
      );
      expect(Object.fromEntries(policy)).toEqual({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'img-src': "'self'",
        'connect-src': "'self'",
        'form-action': "'self'",
        'base-uri': "'none'",
        'frame-ancestors': "'none'",
      });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('cache-control')).toBe('private, no-store');
      // With `no-referrer`, browsers would send `Origin: null` with our own forms.
      expect(headers.get('referrer-policy')).toBe('same-origin');
    });
  });
});

describe('a state-changing request', () => {
  it.each([
    ['our own origin', { origin: 'own' }, 200],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['no named origin', {}, 403],
    ['no named origin but our own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a sibling host', { 'sec-fetch-site': 'same-site' }, 403],
    [
      'another origin that claims to be us',
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
      403,
    ],
  ])('from %s', async (_from, headers, status) => {
    await withSite({ routers }, async (baseUrl) => {
      const sent = new Headers(headers);
      if (sent.get('origin') === 'own') sent.set('origin', baseUrl);
      const response = await fetch(`${baseUrl}/change`, { method: 'POST', headers: sent });
      expect(response.status).toBe(status);
    });
  });
});

describe('a foreign host name', () => {
  it('is sent to ours when it reads, and refused when it writes', async () => {
    await withSite({ routers }, async (baseUrl) => {
      expect(await requestAs('evil.example', `${baseUrl}/problems`, 'GET')).toBe(308);
      expect(await requestAs('evil.example', `${baseUrl}/change`, 'POST')).toBe(421);
      expect(await requestAs('evil.example', `${baseUrl}/healthz`, 'GET')).toBe(200);
    });
  });

  it('never sends anyone elsewhere', async () => {
    await withSite({}, async (baseUrl) => {
      const { headers } = await fetch(
        `${baseUrl.replace('localhost', '127.0.0.1')}//evil.example/`,
        {
          redirect: 'manual',
        },
      );
      expect(new URL(headers.get('location') ?? '').origin).toBe(baseUrl);
    });
  });
});

describe('a failing page', () => {
  it('says so in plain words, and nothing of the error itself', async () => {
    const reported: unknown[] = [];
    await withSite(
      {
        routers,
        currentPerson: () => aPerson(),
        report: (_problem, error) => reported.push(error),
      },
      async (baseUrl) => {
        const response = await fetch(`${baseUrl}/fails`, { headers: { accept: 'text/html' } });
        const page = await response.text();
        expect(response.status).toBe(500);
        expect(page).toContain('Something went wrong on our side');
        expect(page).not.toContain('secret');
      },
    );
    expect(reported).toEqual([new Error(secret)]);
  });

  it('is a problem document for a program (RFC 9457)', async () => {
    const router = routerWith(
      () =>
        new PodError('POD_UNAVAILABLE', `no answer from ${secret}`, {
          url: secret,
          retryAfterMs: 1500,
        }),
    );
    await withSite({ routers: [router] }, async (baseUrl) => {
      const response = await fetch(`${baseUrl}/fails`, { headers: { accept: 'application/json' } });
      const text = await response.text();
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/u);
      expect(response.headers.get('retry-after')).toBe('2');
      expect(JSON.parse(text)).toMatchObject({
        type: '/problems#POD_UNAVAILABLE',
        title: 'Your pod does not answer',
        status: 503,
        code: 'POD_UNAVAILABLE',
      });
      expect(text).not.toContain('secret');
    });
  });

  it('survives that nobody can say who is asking', async () => {
    const currentPerson = () => Promise.reject(new Error('session store is gone'));
    await withSite({ currentPerson }, async (baseUrl) => {
      expect((await fetch(`${baseUrl}/nowhere`)).status).toBe(404);
    });
  });
});

describe('assets', () => {
  it('are cached for ever under an address that changes with them', async () => {
    await withSite({}, async (baseUrl) => {
      const response = await fetch(`${baseUrl}${siteAssets.url('tokens.css')}`);
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
      expect(await response.text()).toContain('--accent');
    });
  });

  it.each(['..%2F..%2Fpackage.json', 'page.tsx', '%00', '__proto__'])(
    'answers nothing for %s',
    async (name) => {
      await withSite({}, async (baseUrl) => {
        const folder = siteAssets.url('tokens.css').replace('tokens.css', '');
        expect((await fetch(`${baseUrl}${folder}${name}`)).status).toBe(404);
      });
    },
  );
});
