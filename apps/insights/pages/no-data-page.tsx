import type { MissingSource } from '../../shared/query/index.ts';
import type { Person } from '../../shared/person.ts';
import { EmptyState } from '../../shared/web/card.tsx';
import { renderPage } from '../../shared/web/page.tsx';
import { insightsAssets } from './insights-assets.ts';
import { MissingNotice } from './provenance.tsx';

interface NoDataPageProps {
  readonly person: Person;
  readonly path: string;
  readonly missing: readonly MissingSource[];
}

/** The page where there would be insights, before anything was imported. */
export function renderNoDataPage({ person, path, missing }: NoDataPageProps): string {
  return renderPage({
    title: 'Nothing here yet',
    person,
    currentPath: path,
    styles: [insightsAssets.url('insights.css')],
    children: (
      <div class="stack narrow">
        <h1 class="visually-hidden">Insights</h1>
        <MissingNotice missing={missing} />
        <EmptyState
          icon="day"
          title={missing.length === 0 ? 'No readings yet' : 'No readings could be read'}
        >
          <p>
            Upload an export of your wearable. It goes straight into your own pod, and what it tells
            appears here.
          </p>
          <a class="button" href="/upload">
            Upload an export
          </a>
        </EmptyState>
      </div>
    ),
  });
}
