import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { PodError } from '../../../adapters/contract/index.ts';
import { ImportError } from '../../../apps/connect/import-error.ts';
import { renderProblem, renderProblemReference } from '../../../apps/shared/web/problem-page.tsx';
import { problemOf } from '../../../apps/shared/web/problem.ts';
import { problems } from '../../../apps/shared/web/problem-table.ts';

describe('problemOf', () => {
  it('shows the message of an import failure, which is written for people', () => {
    const error = new ImportError('IMPORT_ZIP_DAMAGED', 'it ends early.', { file: 'a.zip' });
    expect(problemOf(error)).toMatchObject({ status: 422, detail: 'a.zip: it ends early.' });
  });

  it('keeps the message of a pod failure to itself, since it may name a person', () => {
    expect(problemOf(new PodError('POD_FORBIDDEN', 'anna may not'))).not.toHaveProperty('detail');
  });

  it.each([
    [{ status: 404 }, 'WEB_NOT_FOUND'],
    [{ status: 413 }, 'WEB_TOO_LARGE'],
    [{ status: 400 }, 'WEB_BAD_REQUEST'],
    [{ status: 503 }, 'WEB_INTERNAL'],
    [{ code: 'ENOSPC' }, 'WEB_INTERNAL'],
    [{ code: 'toString' }, 'WEB_INTERNAL'],
    [undefined, 'WEB_INTERNAL'],
  ])('takes %j for %s', (thrown, code) => {
    expect(problemOf(thrown).code).toBe(code);
  });

  it('has words for whatever is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => {
        const { title, advice, status } = problemOf(thrown);
        expect(title).not.toBe('');
        expect(advice).not.toBe('');
        expect(status).toBeGreaterThanOrEqual(400);
      }),
      { seed: 7 },
    );
  });
});

describe('the table of problems', () => {
  it('has a status, a title and an advice that ends for each code', () => {
    for (const { status, title, advice } of Object.values(problems)) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      expect(title).toMatch(/^[A-Z].*[^.]$/u);
      expect(advice).toMatch(/\.$/u);
    }
  });

  it('is the reference page', () => {
    const { document } = parseHTML(renderProblemReference());
    const codes = [...document.querySelectorAll('tbody tr')].map(({ id }) => id);
    expect(codes).toEqual(Object.keys(problems));
  });
});

describe('the page of a problem', () => {
  it('shows a hostile file name as text', () => {
    const file = '<img src=x onerror=alert(1)>.csv';
    const page = renderProblem(problemOf(new ImportError('IMPORT_EMPTY', 'is empty.', { file })));
    const { document } = parseHTML(page);
    expect(document.querySelector('img')).toBeNull();
    expect(document.querySelector('main')?.textContent).toContain(file);
  });

  it('leads to the login where that is what is missing', () => {
    const { document } = parseHTML(
      renderProblem(problemOf(new PodError('POD_UNAUTHENTICATED', ''))),
    );
    expect(document.querySelector('main .button')?.getAttribute('href')).toBe('/login');
  });
});
