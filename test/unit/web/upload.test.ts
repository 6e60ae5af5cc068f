import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { exportName } from '../../../apps/connect/web/connect-routes.ts';
import { harmlessPath } from '../../../apps/connect/web/harmless-path.ts';
import { formWith, report, withUpload, type Run } from './uploading.ts';

describe('uploading', () => {
  it('imports what was sent, into the chosen storage, in the chosen zone', async () => {
    const seen: unknown[] = [];
    const run: Run = async (input, { storageUrl }, { timeZone }) => {
      const files = await Promise.all(
        input.files.map(async (file) => [file.path, await text(file.open())]),
      );
      seen.push({ name: input.name, timeZone, storageUrl, files });
      return report;
    };
    await withUpload(run, async ({ post, settled, spooled }) => {
      const form = formWith([
        ['Fitabase Data/heart.csv', 'a,b\n1,2\n'],
        ['Fitabase Data/étapes.csv', 'c,d\n'],
      ]);
      const page = await settled(await post(form));
      expect(seen).toEqual([
        {
          name: 'Fitabase Data',
          timeZone: 'Europe/Paris',
          storageUrl: 'https://cloud.example/anna/',
          files: [
            ['Fitabase Data/heart.csv', 'a,b\n1,2\n'],
            ['Fitabase Data/étapes.csv', 'c,d\n'],
          ],
        },
      ]);
      expect(page.querySelector('h1')?.textContent).toBe('Imported');
      const cells = [...page.querySelectorAll('tbody tr:first-child > *')];
      expect(cells.map((cell) => cell.textContent).slice(0, 5)).toEqual([
        'Heart rate',
        '3',
        '1,440',
        '2',
        '1',
      ]);
      expect(page.querySelector('b')).toBeNull();
      expect(page.querySelector('main')?.textContent).toContain('<b>odd</b>.csv');
      expect(spooled()).toBe(0);
    });
  });

  it('passes over a file input that was left empty', async () => {
    const run: Run = (input) => {
      expect(input.files.map(({ path }) => path)).toEqual(['a.csv']);
      return Promise.resolve(report);
    };
    await withUpload(run, async ({ post, settled }) => {
      const boundary = 'x';
      const part = (name: string, content: string): string =>
        `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n`;
      const storage = `--${boundary}\r\nContent-Disposition: form-data; name="storage"\r\n\r\nhttps://home.example/anna/\r\n--${boundary}\r\nContent-Disposition: form-data; name="timeZone"\r\n\r\nUTC\r\n`;
      const response = await post(`${storage}${part('', '')}${part('a.csv', 'x')}--${boundary}--`, {
        'content-type': `multipart/form-data; boundary=${boundary}`,
      });
      expect((await settled(response)).querySelector('h1')?.textContent).toBe('Imported');
    });
  });

  it.each([
    ['no file', formWith([]), 'No file was chosen'],
    [
      'a storage of somebody else',
      formWith([['a', 'x']], { storage: 'https://evil.example/' }),
      'not one of yours',
    ],
    [
      'an unknown zone',
      formWith([['a', 'x']], { timeZone: '<Mars>' }),
      '“<Mars>” is not a time zone',
    ],
    [
      'too many files',
      formWith([
        ['a', 'x'],
        ['b', 'x'],
        ['c', 'x'],
        ['d', 'x'],
      ]),
      'too large',
    ],
    ['too many bytes', formWith([['a', 'x'.repeat(1_000_001)]]), 'too large'],
  ])('refuses %s and keeps nothing', async (_case, form, words) => {
    await withUpload(
      () => Promise.reject(new Error('never asked')),
      async ({ post, spooled }) => {
        const response = await post(form);
        expect([413, 422]).toContain(response.status);
        const { document } = parseHTML(await response.text());
        expect(document.querySelector('main')?.textContent).toContain(words);
        expect(spooled()).toBe(0);
      },
    );
  });

  it('refuses a body that is no upload, and one that ends early', async () => {
    await withUpload(
      () => Promise.resolve(report),
      async ({ post, spooled }) => {
        expect((await post('storage=x', { 'content-type': 'text/plain' })).status).toBe(422);
        const cut =
          '--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nhalf';
        const response = await post(cut, { 'content-type': 'multipart/form-data; boundary=x' });
        expect(response.status).toBe(422);
        expect(spooled()).toBe(0);
      },
    );
  });

  it('lets go of everything when the sender hangs up', async () => {
    await withUpload(
      () => Promise.resolve(report),
      async ({ baseUrl, spooled }) => {
        const { hostname, port, host, origin } = new URL(baseUrl);
        const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
        socket.write(
          `POST /upload HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000\r\n\r\n--x\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nhalf`,
        );
        while (spooled() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
        socket.destroy();
        while (spooled() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
        expect(spooled()).toBe(0);
      },
    );
  });

  it('asks nobody but the person who is connected', async () => {
    await withUpload(
      () => Promise.resolve(report),
      async ({ baseUrl, post }) => {
        const nobody = { 'x-person': 'nobody' };
        const page = await fetch(`${baseUrl}/upload`, {
          redirect: 'manual',
          headers: { ...nobody, accept: 'text/html' },
        });
        expect([page.status, page.headers.get('location')]).toEqual([
          303,
          '/login?returnTo=%2Fupload',
        ]);
        const json = await post(formWith([['a', 'x']]), { ...nobody, accept: 'application/json' });
        expect(json.status).toBe(401);
        const mine = await post(formWith([['a', 'x']]));
        const others = await fetch(baseUrl + (mine.headers.get('location') ?? ''), {
          headers: { 'x-person': 'bob' },
        });
        expect(others.status).toBe(404);
      },
    );
  });
});

describe('harmlessPath', () => {
  it('keeps no way out of the export', () => {
    const hostile = fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', '\u0000', '\u202e', ' '));
    fc.assert(
      fc.property(hostile, fc.string(), (parts, end) => {
        const path = harmlessPath(parts.join('') + end);
        expect(path.startsWith('/')).toBe(false);
        expect(path.split('/')).not.toContain('..');
        expect(path).not.toMatch(/[\\\p{C}]/u);
      }),
      { seed: 7 },
    );
  });
});

describe('exportName', () => {
  it.each([
    [['a.zip'], 'a.zip'],
    [['E4/HR.csv', 'E4/TEMP.csv'], 'E4'],
    [['a.csv', 'b.csv', 'c.csv'], 'a.csv and 2 more'],
    [['E4/HR.csv', 'F4/HR.csv'], 'E4/HR.csv and 1 more'],
  ])('of %j is %s', (files, name) => {
    expect(exportName({ files })).toBe(name);
  });
});
