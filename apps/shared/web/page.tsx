import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Person } from '../person.ts';
import { SiteHeader } from './site-header.tsx';
import { siteAssets } from './site-assets.ts';

/** What a page consists of, besides the frame that all pages share. */
export interface PageOptions {
  /** Shown in the tab and in the history, before the site's name. */
  readonly title: string;
  /** Who is connected; absent on public pages. */
  readonly person?: Person | undefined;
  /** Path of the navigation entry to mark as current. */
  readonly currentPath?: string | undefined;
  /** Addresses of style sheets of the app's own, after the site's. */
  readonly styles?: readonly string[];
  /** Where no script runs, the page loads itself anew after so many seconds. */
  readonly refreshSeconds?: number | undefined;
  /** Addresses of client modules. A page works without them. */
  readonly scripts?: readonly string[];
  readonly children: ComponentChildren;
}

const styleSheets = ['tokens.css', 'base.css', 'layout.css', 'components.css', 'charts.css'];

/** Renders a whole HTML document: head, header with navigation, and the page inside `<main>`. */
export function renderPage(options: PageOptions): string {
  const { title, person, currentPath, styles = [], scripts = [], children } = options;
  const document = (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Wellpod`}</title>
        <link rel="icon" type="image/svg+xml" href={siteAssets.url('icon.svg')} />
        {[...styleSheets.map((file) => siteAssets.url(file)), ...styles].map((url) => (
          <link key={url} rel="stylesheet" href={url} />
        ))}
        {options.refreshSeconds === undefined ? null : (
          <noscript>
            <meta httpEquiv="refresh" content={String(options.refreshSeconds)} />
          </noscript>
        )}
        {/* Render-blocking, or a page in the chosen colours would first flash in the system's. */}
        <script type="module" async src={siteAssets.url('theme.js')} {...{ blocking: 'render' }} />
        <script type="module" src={siteAssets.url('local-times.js')} />
        {scripts.map((url) => (
          <script key={url} type="module" src={url} />
        ))}
      </head>
      <body>
        <a class="skip-link" href="#main">
          Skip to the content
        </a>
        <SiteHeader person={person} currentPath={currentPath} />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <p>Your readings stay in your own pods. Wellpod reads them there and keeps no copy.</p>
        </footer>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(document)}`;
}
