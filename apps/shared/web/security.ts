import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { WebError } from './problem.ts';

const ownOnly = ["'self'"];

/**
 * Headers of every response: nothing loads but our own files, nothing is inline, no page is
 * framed, and no shared cache or history keeps personal pages.
 */
export function securityHeaders(): readonly RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ownOnly,
          styleSrc: ownOnly,
          imgSrc: ownOnly,
          connectSrc: ownOnly,
          formAction: ownOnly,
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // With helmet's default, `no-referrer`, browsers send `Origin: null` with our own forms.
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    }),
    (_request, response, next) => {
      response.set('Cache-Control', 'private, no-store');
      response.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
      next();
    },
  ];
}

/**
 * Sends readers to the configured host name and refuses anything else from another one, so that
 * a foreign name resolved to this machine (DNS rebinding) reaches no page.
 */
export function ownHostOnly(baseUrl: string): RequestHandler {
  const { host, origin } = new URL(baseUrl);
  return (request, response, next) => {
    if (request.headers.host === host) return next();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return next(new WebError('WEB_WRONG_HOST'));
    // The path is appended to our own origin: `//elsewhere` stays a path.
    response.redirect(308, origin + request.originalUrl);
  };
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses state-changing requests that do not come from our own pages. Browsers name the page's
 * origin in every POST; a request without `Origin` must at least say `Sec-Fetch-Site: same-origin`.
 */
export function ownOriginOnly(baseUrl: string): RequestHandler {
  const { origin: own } = new URL(baseUrl);
  return (request, _response, next) => {
    if (safeMethods.has(request.method)) return next();
    const origin = request.headers.origin;
    const isOwn =
      origin === undefined ? request.headers['sec-fetch-site'] === 'same-origin' : origin === own;
    next(isOwn ? undefined : new WebError('WEB_FOREIGN_ORIGIN'));
  };
}
