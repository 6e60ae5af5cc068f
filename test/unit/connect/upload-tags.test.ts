import { describe, expect, it } from '@jest/globals';
import { parseHTML } from 'linkedom';
import { formWith, report, withUpload } from '../web/uploading.ts';

describe('the question what marks of the Empatica mean', () => {
  it('is asked with an explanation, moments first', async () => {
    await withUpload(
      async () => report,
      async ({ baseUrl }) => {
        const page = await fetch(`${baseUrl}/upload`, { headers: { accept: 'text/html' } });
        const { document } = parseHTML(await page.text());
        const select = document.querySelector('select[name=tags]');
        expect(
          [...(select?.querySelectorAll('option') ?? [])].map((option) => [
            option.getAttribute('value'),
            option.textContent,
          ]),
        ).toEqual([
          ['moments', 'single moments'],
          ['start-and-end', 'start and end of stress'],
        ]);
        const label = document.querySelector(`label[for=${select?.id}]`);
        expect(label?.textContent).toBe('Marks made with the Empatica button');
        const hint = document.getElementById(select?.getAttribute('aria-describedby') ?? '');
        expect(hint?.textContent).toContain('pressed twice');
      },
    );
  });

  it('reaches the import, and has no third answer', async () => {
    const seen: unknown[] = [];
    await withUpload(
      async (_input, _target, { tags }) => {
        seen.push(tags);
        return report;
      },
      async ({ post, settled, spooled }) => {
        const file: [string, string][] = [['HR.csv', 'x']];
        for (const fields of [{}, { tags: 'moments' }, { tags: 'start-and-end' }]) {
          await settled(await post(formWith(file, fields)));
        }
        expect(seen).toEqual(['moments', 'moments', 'start-and-end']);
        expect((await post(formWith(file, { tags: 'often' }))).status).toBe(422);
        expect(spooled()).toBe(0);
      },
    );
  });
});
