import type { Person } from '../../shared/person.ts';
import { EmptyState } from '../../shared/web/card.tsx';
import { renderPage } from '../../shared/web/page.tsx';
import type { InsightsReport } from '../compute/insights-types.ts';
import { BlendCard } from './cards/blend-card.tsx';
import { insightsAssets } from './insights-assets.ts';
import { MissingNotice } from './provenance.tsx';
import { longDayWords } from './words.ts';

interface BlendPageProps {
  readonly person: Person;
  readonly from: string;
  readonly to: string;
  readonly report: InsightsReport;
}

/** Two signals that may lie on different hosts, seen together. */
export function renderBlendPage({ person, from, to, report }: BlendPageProps): string {
  const { blend, methods, missing } = report;
  return renderPage({
    title: 'Blend',
    person,
    currentPath: '/blend',
    styles: [insightsAssets.url('insights.css')],
    children: (
      <div class="stack">
        <div>
          <h1>Blend</h1>
          <p class="lead">
            Two signals seen together, wherever each of them is kept. {longDayWords(from)} to{' '}
            {longDayWords(to)}.
          </p>
        </div>
        <MissingNotice missing={missing} />
        {blend === null ? (
          <EmptyState icon="blend" title="Not enough to blend yet">
            <p>
              It takes two daily signals, such as steps and sleep, on the same days. Upload another
              export, or wait for more days.
            </p>
            <a class="button" href="/upload">
              Upload an export
            </a>
          </EmptyState>
        ) : (
          <BlendCard blend={blend} insight={methods.blend} />
        )}
      </div>
    ),
  });
}
