import type { JSX } from 'preact';
import type { QueryAnswer } from '../../shared/query/query-types.ts';
import type { Person } from '../../shared/person.ts';
import { Card, Notice } from '../../shared/web/card.tsx';
import { DataTable } from '../../shared/web/data-table.tsx';
import { renderPage } from '../../shared/web/page.tsx';
import type { Problem } from '../../shared/web/problem.ts';
import { exampleQueries } from './example-queries.ts';
import { insightsAssets } from './insights-assets.ts';
import { MissingNotice, Provenance, sourcesInWords } from './provenance.tsx';
import { isNumeric, TermView } from './term-view.tsx';

/** How a run ended. */
export type QueryOutcome =
  | { readonly kind: 'answer'; readonly answer: QueryAnswer; readonly tookMs: number }
  | {
      readonly kind: 'problem';
      readonly problem: Problem;
      readonly position?: { readonly line: number; readonly column: number } | undefined;
    };

interface QueryPageProps {
  readonly person: Person;
  readonly sparql: string;
  readonly outcome?: QueryOutcome | undefined;
}

const shownRows = 500;

/** The page to ask one's pods anything, in SPARQL. */
export function renderQueryPage({ person, sparql, outcome }: QueryPageProps): string {
  return renderPage({
    title: 'Query',
    person,
    currentPath: '/query',
    styles: [insightsAssets.url('insights.css')],
    scripts: [insightsAssets.url('query-editor.js')],
    children: (
      <div class="stack">
        <div>
          <h1>Ask your pods</h1>
          <p class="lead">
            One SPARQL query over all your storages at once; the answer says which documents it
            rests on.
          </p>
        </div>
        <div class="query-layout">
          <Editor sparql={sparql} outcome={outcome} />
          <Examples sparql={sparql} />
        </div>
        <div id="answer" class="stack" aria-live="polite">
          {outcome === undefined ? null : <Outcome sparql={sparql} outcome={outcome} />}
        </div>
      </div>
    ),
  });
}

function Editor({ sparql, outcome }: Omit<QueryPageProps, 'person'>): JSX.Element {
  const position = outcome?.kind === 'problem' ? outcome.position : undefined;
  return (
    <form class="card query-form" method="post" action="/query#answer" data-query-form>
      <label class="label" for="sparql">
        SPARQL query
      </label>
      <textarea
        id="sparql"
        name="query"
        class="code"
        rows={14}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        required
        maxLength={100_000}
        aria-describedby="query-hint"
        data-line={position?.line}
        data-column={position?.column}
      >
        {sparql}
      </textarea>
      <div class="actions">
        <button class="button" type="submit" data-run>
          Run
        </button>
        <p class="hint" id="query-hint">
          <kbd>Ctrl</kbd> + <kbd>Enter</kbd> runs it. SELECT and ASK, read only.
        </p>
      </div>
    </form>
  );
}

function Examples({ sparql }: { readonly sparql: string }): JSX.Element {
  return (
    <nav class="examples" aria-label="Example queries">
      <h2>Examples</h2>
      <ul>
        {exampleQueries.map((example) => (
          <li key={example.id}>
            <a
              href={`/query?example=${example.id}`}
              aria-current={example.sparql === sparql ? 'true' : undefined}
            >
              {example.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface OutcomeProps {
  readonly sparql: string;
  readonly outcome: QueryOutcome;
}

function Outcome({ sparql, outcome }: OutcomeProps): JSX.Element {
  if (outcome.kind === 'answer') return <Answer {...outcome} sparql={sparql} />;
  const { problem, position } = outcome;
  const line = position === undefined ? undefined : sparql.split('\n')[position.line - 1];
  return (
    <Notice tone="bad" title={problem.title}>
      {problem.detail === undefined ? null : <p>{problem.detail}</p>}
      {line === undefined || position === undefined ? null : (
        <pre class="code-block">{`${line}\n${' '.repeat(Math.max(0, position.column - 1))}▲`}</pre>
      )}
      <p>{problem.advice}</p>
    </Notice>
  );
}

interface AnswerProps {
  readonly answer: QueryAnswer;
  readonly tookMs: number;
  readonly sparql: string;
}

function Answer({ answer, tookMs, sparql }: AnswerProps): JSX.Element {
  const seconds = `${(tookMs / 1000).toFixed(2)} s`;
  return (
    <>
      <MissingNotice missing={answer.missing} />
      {answer.truncated ? (
        <Notice tone="warn" title="There is more than this">
          <p>
            The answer was cut at {answer.rows.length} rows. Add a LIMIT, or narrow the question.
          </p>
        </Notice>
      ) : null}
      <Card title={headline(answer)} aside={seconds}>
        {answer.kind === 'boolean' || answer.rows.length === 0 ? null : <Rows answer={answer} />}
        {answer.kind === 'bindings' && answer.rows.length === 0 ? (
          <p class="muted">Nothing in your pods matches. Try fewer conditions, or other days.</p>
        ) : null}
        <Downloads sparql={sparql} />
        <details class="disclosure">
          <summary>Where this comes from: {sourcesInWords(answer)}</summary>
          <Provenance documents={answer.documents} pushedDown={answer.pushedDown} />
        </details>
      </Card>
    </>
  );
}

function headline({ kind, boolean, rows }: QueryAnswer): string {
  if (kind === 'boolean') return boolean === true ? 'Yes' : 'No';
  if (rows.length === 0) return 'No results';
  return rows.length === 1 ? '1 result' : `${rows.length.toLocaleString('en')} results`;
}

function Rows({ answer }: { readonly answer: QueryAnswer }): JSX.Element {
  const { variables, rows } = answer;
  return (
    <>
      <DataTable
        caption="Results"
        columns={variables.map((name) => ({
          heading: name,
          numeric: rows.some((row) => isNumeric(row[name])),
        }))}
        rows={rows
          .slice(0, shownRows)
          .map((row) => variables.map((name) => <TermView key={name} term={row[name]} />))}
      />
      {rows.length > shownRows ? (
        <p class="hint">The first {shownRows} rows; the downloads hold all of them.</p>
      ) : null}
    </>
  );
}

function Downloads({ sparql }: { readonly sparql: string }): JSX.Element {
  return (
    <form class="actions" method="post" action="/query/download">
      <input type="hidden" name="query" value={sparql} />
      <button class="button button-quiet button-small" name="format" value="csv" type="submit">
        Download CSV
      </button>
      <button class="button button-quiet button-small" name="format" value="json" type="submit">
        Download JSON
      </button>
    </form>
  );
}
