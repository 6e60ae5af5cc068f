import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What is wrong with a page for people who see, hear or operate it differently. */
export interface PageFaults {
  /** Rules of axe that it breaks, each with the first element that does. */
  readonly accessibility: readonly string[];
  /** Pixels by which it is wider than its window. */
  readonly overflowPx: number;
}

/** Looks at the page as it stands, with every closed part opened. */
export async function faultsOf(page: Page): Promise<PageFaults> {
  const axe = await readFile(axePath, 'utf8');
  // The page's own policy lets no foreign script in: this one comes through the debugger.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    for (const part of document.querySelectorAll('details')) part.open = true;
    const { axe: runner } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await runner.run();
    const root = document.documentElement;
    return {
      accessibility: violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`),
      overflowPx: root.scrollWidth - root.clientWidth,
    };
  });
}
