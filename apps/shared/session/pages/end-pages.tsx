import { Notice } from '../../web/card.tsx';
import { renderPage } from '../../web/page.tsx';
import { failureWords } from '../failure-words.ts';
import type { LoginFailure } from '../login-failure.ts';

/** Says why nobody is logged in, and what to do. */
export function renderFailurePage(failure: LoginFailure): string {
  const { title, advice } = failureWords(failure);
  return renderPage({
    title,
    children: (
      <section class="card problem narrow">
        <h1>{title}</h1>
        <p class="lead">{advice}</p>
        <div class="actions">
          <a class="button" href="/login">
            Log in
          </a>
        </div>
      </section>
    ),
  });
}

/** Confirms a logout, and says what it can not do. */
export function renderLoggedOutPage(issuerHost: string | undefined): string {
  return renderPage({
    title: 'Logged out',
    children: (
      <div class="stack narrow">
        <h1>You are logged out</h1>
        <p>Wellpod has forgotten its keys to your pods. Your readings stay where they are.</p>
        {issuerHost === undefined ? null : (
          <Notice tone="warn" title="On a shared computer">
            <p>
              {issuerHost} may remember you in this browser for days, and would let the next person
              in without a password. Log out there too, or close all private windows.
            </p>
          </Notice>
        )}
        <div class="actions">
          <a class="button" href="/login">
            Log in again
          </a>
        </div>
      </div>
    ),
  });
}
