import type { JSX } from 'preact';
import { Notice } from '../../web/card.tsx';
import { renderPage } from '../../web/page.tsx';
import { type FailureWords, failureWords } from '../failure-words.ts';
import type { LoginFailure } from '../login-failure.ts';
import type { RememberedLogin } from '../remembered-logins.ts';

/** What the login page shows besides its box. */
export interface LoginPageOptions {
  readonly returnTo: string;
  readonly remembered: readonly RememberedLogin[];
  /** Offered by whoever runs the site, below those that the browser remembers. */
  readonly suggested: readonly RememberedLogin[];
  readonly typed?: string | undefined;
  readonly failure?: LoginFailure | undefined;
}

/** The page with the box for a WebID or an issuer. */
export function renderLoginPage(options: LoginPageOptions): string {
  const { returnTo, remembered, suggested, typed, failure } = options;
  const words = failure && failureWords(failure);
  return renderPage({
    title: words?.title ?? 'Log in',
    currentPath: '/login',
    children: (
      <div class="stack narrow">
        <h1>Log in with your pod</h1>
        {words === undefined ? null : <Failure words={words} />}
        <form class="card stack" method="post" action="/login">
          <input type="hidden" name="returnTo" value={returnTo} />
          <div class="field">
            <label for="who">Your WebID, or the server you have your account with</label>
            <input
              class="input"
              id="who"
              name="who"
              inputMode="url"
              autoComplete="url"
              autoCapitalize="none"
              spellcheck={false}
              required
              maxLength={2000}
              value={typed}
              placeholder="https://alice.example/profile/card#me"
              aria-describedby="who-hint"
            />
            <p class="hint" id="who-hint">
              Your password stays there: Wellpod never sees it.
            </p>
          </div>
          <label class="check">
            <input type="checkbox" name="remember" value="yes" checked />
            <span>Remember this in my browser</span>
          </label>
          <div class="actions">
            <button class="button" type="submit">
              Continue
            </button>
          </div>
        </form>
        <Choices title="Used here before" logins={remembered} returnTo={returnTo} />
        {remembered.length === 0 ? null : (
          <form method="post" action="/login/forget">
            <button class="button button-quiet button-small" type="submit">
              Forget these
            </button>
          </form>
        )}
        <Choices title="On this machine" logins={suggested} returnTo={returnTo} />
      </div>
    ),
  });
}

function Failure({ words }: { readonly words: FailureWords }): JSX.Element {
  return (
    <Notice tone="bad" title={words.title}>
      <p>{words.advice}</p>
    </Notice>
  );
}

interface ChoicesProps {
  readonly title: string;
  readonly logins: readonly RememberedLogin[];
  readonly returnTo: string;
}

function Choices({ title, logins, returnTo }: ChoicesProps): JSX.Element | null {
  if (logins.length === 0) return null;
  return (
    <section class="stack">
      <h2>{title}</h2>
      {logins.map(({ who, label }) => (
        <form key={who} method="post" action="/login">
          <input type="hidden" name="returnTo" value={returnTo} />
          <input type="hidden" name="remember" value="yes" />
          <input type="hidden" name="who" value={who} />
          <button class="button button-quiet" type="submit">
            {label}
          </button>
        </form>
      ))}
    </section>
  );
}
