/** A path of our own site: a link to the login page must not send people elsewhere. */
export function localPath(value: unknown): string {
  if (typeof value !== 'string' || !value.startsWith('/')) return '/';
  const base = 'http://own.invalid';
  if (!URL.canParse(value, base)) return '/';
  const { origin, pathname, search } = new URL(value, base);
  return origin === base && !pathname.startsWith('//') ? pathname + search : '/';
}
