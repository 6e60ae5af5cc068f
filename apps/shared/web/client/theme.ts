// Light or dark: the system's choice until the reader makes one, which this browser remembers.

const key = 'wellpod-theme';

type Theme = 'light' | 'dark';

function stored(): Theme | undefined {
  try {
    const value = localStorage.getItem(key);
    return value === 'light' || value === 'dark' ? value : undefined;
  } catch {
    return undefined; // Storage can be switched off; the system's choice stays.
  }
}

function current(): Theme {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  return stored() ?? system;
}

function apply(theme: Theme | undefined): void {
  if (theme !== undefined) document.documentElement.dataset['theme'] = theme;
}

function toggle(): void {
  const theme: Theme = current() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Without storage the choice lasts for this page.
  }
  apply(theme);
  label();
}

function label(): void {
  const element = document.querySelector('[data-theme-label]');
  if (element !== null)
    element.textContent = current() === 'dark' ? 'Change to light' : 'Change to dark';
}

function activate(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-toggle]');
  if (button !== null) {
    button.hidden = false;
    button.addEventListener('click', toggle);
    label();
  }
  document.addEventListener('click', ({ target }) => closeMenus(target));
  document.addEventListener('keydown', ({ key: pressed }) => {
    if (pressed === 'Escape') closeMenus(null);
  });
}

/** Closes open menus that `target` is not inside of. */
function closeMenus(target: EventTarget | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('[data-closes-outside][open]'))
    if (!(target instanceof Node && menu.contains(target))) {
      if (menu.contains(document.activeElement)) menu.querySelector('summary')?.focus();
      menu.open = false;
    }
}

apply(stored());
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', activate);
else activate();
