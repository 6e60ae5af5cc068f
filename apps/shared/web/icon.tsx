import type { JSX } from 'preact';

// Drawn on a 24-unit grid with a 1.75 stroke; paths only, so that nothing needs inline style.
const paths = {
  brand: 'M3 13h3.5l2-6 4 11 2.5-7 1.2 2H21',
  day: 'M12 4v1.5M12 18.5V20M4 12h1.5M18.5 12H20M6.3 6.3l1 1M16.7 16.7l1 1M6.3 17.7l1-1M16.7 7.3l1-1M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0',
  trend: 'M4 19h16M5 15l4.5-5 3.5 3L19 6.5M15 6h4.5v4.5',
  blend:
    'M14.5 12a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0M20.5 12a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0',
  upload:
    'M12 15.5V4.5M7.5 8.5 12 4l4.5 4.5M4.5 15v3.5a1.5 1.5 0 0 0 1.5 1.5h12a1.5 1.5 0 0 0 1.5-1.5V15',
  query: 'M8 7 3.5 12 8 17M16 7l4.5 5-4.5 5M13.5 5l-3 14',
  contrast: 'M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0M12 4v16M12 7.5h5M12 12h8M12 16.5h5',
  heart:
    'M12 19.5 4.7 12a4.6 4.6 0 0 1 0-6.4 4.4 4.4 0 0 1 6.3 0l1 1 1-1a4.4 4.4 0 0 1 6.3 0 4.6 4.6 0 0 1 0 6.4z',
  steps:
    'M7.5 3.5c2 0 3 2 3 4.5 0 2-.8 3-.8 4.5H5.6C5.5 10.5 4.5 9.5 4.5 7.5c0-2.5 1-4 3-4M5.9 15h3.8c0 1.8-.6 2.7-1.9 2.7S5.9 16.8 5.9 15M16.5 6.5c-2 0-3 2-3 4.5 0 2 .8 3 .8 4.5h4.1c.1-2 1.1-3 1.1-5 0-2.5-1-4-3-4M14.3 18h3.8c0 1.8-.6 2.7-1.9 2.7s-1.9-.9-1.9-2.7',
  sleep: 'M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10',
  stress: 'M13 3.5 5.5 13.5H11l-1 7 7.5-10H12z',
  notice: 'M12 8v5M12 16.3v.2M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0',
  done: 'M8 12.3l2.8 2.7L16 9.5M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0',
  previous: 'M14.5 5.5 8 12l6.5 6.5',
  next: 'M9.5 5.5 16 12l-6.5 6.5',
  pod: 'M12 4c4.4 0 8 1.3 8 3s-3.6 3-8 3-8-1.3-8-3 3.6-3 8-3M4 7v5c0 1.7 3.6 3 8 3s8-1.3 8-3V7M4 12v5c0 1.7 3.6 3 8 3s8-1.3 8-3v-5',
} as const satisfies Record<string, string>;

/** Name of a drawing in the site's own set. */
export type IconName = keyof typeof paths;

/** A decorative drawing in the colour of the text; the words beside it carry the meaning. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
