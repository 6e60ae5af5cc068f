import type { JSX } from 'preact';
import type { Person } from '../person.ts';
import { Icon, type IconName } from './icon.tsx';
import { LocalTime } from './local-time.tsx';

const navigation: readonly { path: string; label: string; icon: IconName }[] = [
  { path: '/', label: 'Today', icon: 'day' },
  { path: '/trends', label: 'Trends', icon: 'trend' },
  { path: '/blend', label: 'Blend', icon: 'blend' },
  { path: '/upload', label: 'Upload', icon: 'upload' },
  { path: '/query', label: 'Query', icon: 'query' },
];

interface HeaderProps {
  readonly person?: Person | undefined;
  readonly currentPath?: string | undefined;
}

/** Brand, navigation once somebody is connected, and the account menu. */
export function SiteHeader({ person, currentPath }: HeaderProps): JSX.Element {
  return (
    <header class="site-header">
      <div class="site-header-row">
        <a class="brand" href="/">
          <Icon name="brand" />
          <span>Wellpod</span>
        </a>
        {person === undefined ? null : (
          <nav class="site-nav" aria-label="Pages">
            <ul>
              {navigation.map(({ path, label, icon }) => (
                <li key={path}>
                  <a href={path} aria-current={path === currentPath ? 'page' : undefined}>
                    <Icon name={icon} />
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div class="site-tools">
          <button class="icon-button" type="button" data-theme-toggle hidden>
            <Icon name="contrast" />
            <span class="visually-hidden" data-theme-label>
              Change between light and dark
            </span>
          </button>
          {person === undefined ? (
            <a class="button button-small" href="/login">
              Log in
            </a>
          ) : (
            <AccountMenu person={person} />
          )}
        </div>
      </div>
    </header>
  );
}

function AccountMenu({ person }: { readonly person: Person }): JSX.Element {
  const name = displayName(person);
  return (
    <details class="account" data-closes-outside>
      <summary>
        <span class="avatar" aria-hidden="true">
          {firstLetter(name)}
        </span>
        <span class="account-name">{name}</span>
        <span class="visually-hidden">account</span>
      </summary>
      <div class="account-panel">
        <p class="account-title">{name}</p>
        <p class="account-webid">{person.webId}</p>
        <p class="muted">
          {person.pods.length === 1 ? '1 storage' : `${person.pods.length} storages`}
          {person.connectedUntil === undefined ? null : (
            <>
              {' · connected until '}
              <LocalTime date={person.connectedUntil} />
            </>
          )}
        </p>
        {person.pods.length < 2 ? null : <a href="/storage">Choose where imports go</a>}
        <form method="post" action="/logout">
          <button class="button button-quiet" type="submit">
            Log out
          </button>
        </form>
      </div>
    </details>
  );
}

/** The person's name, else what tells their WebID apart: its first path segment, else its host. */
export function displayName({ name, webId }: Pick<Person, 'name' | 'webId'>): string {
  if (name !== undefined && name.trim() !== '') return name.trim();
  if (!URL.canParse(webId)) return webId;
  const { hostname, pathname } = new URL(webId);
  return pathname.split('/').find((part) => part !== '' && part !== 'profile') ?? hostname;
}

function firstLetter(name: string): string {
  const [first] = new Intl.Segmenter('en').segment(name);
  return first?.segment.toUpperCase() ?? '';
}
