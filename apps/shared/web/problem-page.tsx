import type { JSX } from 'preact';
import type { Person } from '../person.ts';
import { renderPage } from './page.tsx';
import type { Problem } from './problem.ts';
import { problems } from './problem-table.ts';

/** The page shown instead of the one that failed: what happened, and what to do now. */
export function renderProblem(problem: Problem, person?: Person): string {
  return renderPage({
    title: problem.title,
    person,
    children: (
      <section class="card problem narrow">
        <p class="problem-status">{problem.status}</p>
        <h1>{problem.title}</h1>
        {problem.detail === undefined ? null : <p>{problem.detail}</p>}
        <p class="lead">{problem.advice}</p>
        {problem.retryAfterSeconds === undefined ? null : (
          <p class="muted">The pod asks to wait {problem.retryAfterSeconds} seconds.</p>
        )}
        <div class="actions">
          <NextStep problem={problem} />
        </div>
        <p class="muted small">
          Code: <a href={`/problems#${problem.code}`}>{problem.code}</a>
        </p>
      </section>
    ),
  });
}

function NextStep({ problem }: { readonly problem: Problem }): JSX.Element {
  if (problem.status === 401)
    return (
      <a class="button" href="/login">
        Log in
      </a>
    );
  if (problem.status >= 500)
    return (
      <a class="button" href="">
        Try again
      </a>
    );
  return (
    <a class="button" href="/">
      Go to Today
    </a>
  );
}

/** The reference of all problem codes; the `type` of our problem details points into it. */
export function renderProblemReference(person?: Person): string {
  return renderPage({
    title: 'What can go wrong',
    person,
    children: (
      <div class="stack">
        <div>
          <h1>What can go wrong</h1>
          <p class="lead">Every message Wellpod can show instead of a page, and its status.</p>
        </div>
        <div class="table-scroll table-tall" tabIndex={0} role="group" aria-label="Problem codes">
          <table>
            <thead>
              <tr>
                <th scope="col">Code</th>
                <th scope="col">Status</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(problems).map(([code, { status, title, advice }]) => (
                <tr key={code} id={code}>
                  <th scope="row">
                    <code>{code}</code>
                  </th>
                  <td class="number">{status}</td>
                  <td>
                    <strong>{title}.</strong> {advice}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    ),
  });
}
