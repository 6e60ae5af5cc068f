import { describe, expect, it } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { ImportError } from '../../../apps/connect/import-error.ts';
import { formWith, report, withUpload, type Run } from './uploading.ts';

describe('an import', () => {
  it('asks whose data to take, and takes only an answer that was offered', async () => {
    const asked: (string | undefined)[] = [];
    const run: Run = (_origin, _target, { person }) => {
      asked.push(person);
      if (person !== undefined) return Promise.resolve(report);
      const people = ['1503960366', '"><script>alert(1)</script>'];
      return Promise.reject(new ImportError('IMPORT_PERSON_AMBIGUOUS', 'holds two.', { people }));
    };
    await withUpload(run, async ({ baseUrl, post, settled, spooled }) => {
      const started = await post(formWith([['a.csv', 'x']]));
      const page = await settled(started);
      expect(page.querySelector('h1')?.textContent).toBe('Whose data is it?');
      expect(page.querySelectorAll('script:not([src])')).toHaveLength(0);
      const url = `${baseUrl}${started.headers.get('location') ?? ''}/person`;
      const answer = (person: string) =>
        fetch(url, {
          method: 'POST',
          headers: { origin: baseUrl },
          body: new URLSearchParams({ person }),
          redirect: 'manual',
        });
      expect((await answer('somebody else')).status).toBe(422);
      expect(spooled()).toBe(1);
      expect((await answer('1503960366')).status).toBe(303);
      expect((await settled(started)).querySelector('h1')?.textContent).toBe('Imported');
      expect(asked).toEqual([undefined, '1503960366']);
      expect(spooled()).toBe(0);
    });
  });

  it('shows how far it is, and can be stopped', async () => {
    const run: Run = (_origin, _target, { signal, onProgress }) => {
      onProgress?.({
        phase: 'reading',
        doneBytes: 250,
        totalBytes: 1000,
        readings: 1234,
        documentsDone: 0,
        documentsTotal: 0,
        documentsWritten: 0,
        etaMs: 125_000,
      });
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    };
    await withUpload(run, async ({ baseUrl, post, settled, spooled }) => {
      const started = await post(formWith([['a.csv', 'x']]), { accept: 'application/json' });
      expect(started.status).toBe(201);
      const url = baseUrl + (started.headers.get('location') ?? '');
      const running = await fetch(url, { headers: { accept: 'text/html' } });
      const { document } = parseHTML(await running.text());
      expect(document.querySelector('progress')?.getAttribute('value')).toBe('12');
      expect(document.querySelector('noscript meta')?.getAttribute('http-equiv')).toBe('refresh');
      expect(await (await fetch(url, { headers: { accept: 'application/json' } })).json()).toEqual({
        kind: 'running',
        percent: 12,
        words: 'Reading the export · 1,234 readings · about 2 minutes left',
      });
      const second = await post(formWith([['b.csv', 'x']]));
      expect(second.status).toBe(409);
      await fetch(`${url}/cancel`, { method: 'POST', headers: { origin: baseUrl } });
      const page = await settled(started);
      expect(page.querySelector('.notice')?.textContent).toContain('The import was stopped');
      expect(spooled()).toBe(0);
    });
  });

  it('says in plain words why it failed', async () => {
    const run: Run = () =>
      Promise.reject(new ImportError('IMPORT_POD_FULL', 'no room for 2 MB.', { file: 'a.csv' }));
    await withUpload(run, async ({ post, settled }) => {
      const page = await settled(await post(formWith([['a.csv', 'x']])));
      const notice = page.querySelector('[role=alert]')?.textContent;
      expect(notice).toContain('Your pod is full');
      expect(notice).toContain('no room for 2 MB.');
    });
  });
});
