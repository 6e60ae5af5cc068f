import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { renderPage } from '../../../apps/shared/web/page.tsx';
import { displayName } from '../../../apps/shared/web/site-header.tsx';
import { aPerson } from './people.ts';

const inlineHandlers = /\son[a-z]+\s*=/iu;

describe('renderPage', () => {
  it('is a whole document with a language, a title and a way past the navigation', () => {
    const { document } = parseHTML(renderPage({ title: 'Trends', children: <p>Hello</p> }));
    expect(document.documentElement.getAttribute('lang')).toBe('en');
    expect(document.title).toBe('Trends · Wellpod');
    expect(document.querySelector('body > a')?.getAttribute('href')).toBe('#main');
    expect(document.querySelector('main#main')?.textContent).toBe('Hello');
  });

  it('loads scripts and styles from its own origin only, and holds none inline', () => {
    const html = renderPage({ title: 'x', person: aPerson(), scripts: ['/a.js'], children: 'y' });
    const { document } = parseHTML(html);
    for (const script of document.querySelectorAll('script')) {
      expect(script.getAttribute('src')).toMatch(/^\/(?!\/)/u);
      expect(script.textContent).toBe('');
    }
    for (const link of document.querySelectorAll('link'))
      expect(link.getAttribute('href')).toMatch(/^\/(?!\/)/u);
    expect(document.querySelectorAll('style, [style]')).toHaveLength(0);
    expect(html).not.toMatch(inlineHandlers);
  });

  it('marks the current page in the navigation', () => {
    const html = renderPage({
      title: 'x',
      person: aPerson(),
      currentPath: '/trends',
      children: '',
    });
    const current = parseHTML(html).document.querySelectorAll('[aria-current=page]');
    expect([...current].map((link) => link.getAttribute('href'))).toEqual(['/trends']);
  });

  it('says until when somebody is connected', () => {
    const person = aPerson({ connectedUntil: new Date('2026-01-02T03:04:00Z') });
    const { document } = parseHTML(renderPage({ title: 'x', person, children: '' }));
    const time = document.querySelector('.account time');
    expect(time?.getAttribute('datetime')).toBe('2026-01-02T03:04:00.000Z');
    expect(time?.textContent).toBe('2 Jan 2026, 03:04 UTC');
  });

  it('offers no navigation and no account to nobody', () => {
    const { document } = parseHTML(renderPage({ title: 'x', children: '' }));
    expect(document.querySelector('nav')).toBeNull();
    expect(document.querySelector('.account')).toBeNull();
  });

  it('shows any name, WebID and title as text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const hostile = `</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>${text}`;
        const person = aPerson({ name: hostile, webId: hostile });
        const { document } = parseHTML(
          renderPage({ title: hostile, person, children: <p>{hostile}</p> }),
        );
        expect(document.querySelectorAll('script:not([src]), img, [onerror]')).toHaveLength(0);
        expect(document.querySelector('main p')?.textContent).toBe(hostile);
      }),
      { seed: 7, numRuns: 50 },
    );
  });
});

describe('displayName', () => {
  it.each([
    ['Anna', 'https://a.example/#me', 'Anna'],
    ['  ', 'https://pods.example/bob/profile/card#me', 'bob'],
    [undefined, 'https://carol.example/profile/card#me', 'card'],
    [undefined, 'https://dave.example/#me', 'dave.example'],
    [undefined, 'not a url', 'not a url'],
  ])('of %j and %s is %s', (name, webId, expected) => {
    expect(displayName({ ...(name === undefined ? {} : { name }), webId })).toBe(expected);
  });
});
