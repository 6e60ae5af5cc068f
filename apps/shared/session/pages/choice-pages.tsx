import type { JSX } from 'preact';
import { renderPage } from '../../web/page.tsx';
import { hostOf } from '../http.ts';
import type { Person } from '../../person.ts';

/** Asks which of the servers named in a profile to log in at. */
export function renderIssuerChoice(options: {
  readonly who: string;
  readonly issuers: readonly string[];
  readonly returnTo: string;
  readonly remember: boolean;
}): string {
  const { who, issuers, returnTo, remember } = options;
  return renderPage({
    title: 'Choose where to log in',
    children: (
      <form class="card stack narrow" method="post" action="/login">
        <h1>Where do you want to log in?</h1>
        <p>Your profile names several servers that may vouch for you.</p>
        <input type="hidden" name="who" value={who} />
        <input type="hidden" name="returnTo" value={returnTo} />
        {remember ? <input type="hidden" name="remember" value="yes" /> : null}
        <Radios name="issuer" values={issuers} chosen={issuers[0]} legend="Server" />
        <div class="actions">
          <button class="button" type="submit">
            Continue
          </button>
        </div>
      </form>
    ),
  });
}

/** Asks which storage imports go to. */
export function renderStorageChoice(options: {
  readonly person: Person;
  readonly returnTo: string;
}): string {
  const { person, returnTo } = options;
  const storages = person.pods.map(({ storageUrl }) => storageUrl);
  return renderPage({
    title: 'Choose your storage',
    person,
    children: (
      <form class="card stack narrow" method="post" action="/storage">
        <h1>Where should new readings go?</h1>
        <p>
          Wellpod reads from all your storages. What you import is written to the one you choose;
          you can change it at any time.
        </p>
        <input type="hidden" name="returnTo" value={returnTo} />
        <Radios name="storage" values={storages} chosen={person.chosenStorage} legend="Storage" />
        <div class="actions">
          <button class="button" type="submit">
            Use this storage
          </button>
        </div>
      </form>
    ),
  });
}

interface RadiosProps {
  readonly name: string;
  readonly legend: string;
  readonly values: readonly string[];
  readonly chosen: string | undefined;
}

function Radios({ name, legend, values, chosen }: RadiosProps): JSX.Element {
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      {values.map((value) => (
        <label key={value} class="check">
          <input type="radio" name={name} value={value} checked={value === chosen} required />
          <span>
            {hostOf(value)} <span class="hint">{value}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
