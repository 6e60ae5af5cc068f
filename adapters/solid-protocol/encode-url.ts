/**
 * The spelling in which a URL is sent and compared: each path segment decoded and encoded again as
 * `encodeURIComponent` does, the fragment dropped.
 *
 * Community Solid Server 7 normalises paths this way before it compares them with the address in
 * a DPoP proof: an unencoded `:`, `+`, `&`, `,`, `@` or `=` makes it answer 401, and so does an
 * encoded `'`, `(`, `)`, `*` or `!`.
 */
export function encodeUrl(url: string): string {
  const parsed = new URL(url);
  const path = parsed.pathname.split('/').map(encodeSegment).join('/');
  return `${parsed.origin}${path}${parsed.search}`;
}

function encodeSegment(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    // Not UTF-8 behind the escapes, or a bare percent sign: these escapes can only be kept.
    return segment.replaceAll(/%(?![0-9a-f]{2})/gi, '%25');
  }
}
