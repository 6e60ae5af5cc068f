/**
 * The form of a URL in which it is sent: every character that is not unreserved (RFC 3986 §2.3)
 * percent-encoded in each path segment, the fragment dropped. Existing escapes are kept.
 *
 * Community Solid Server normalises paths this way before it compares them with the address in
 * a DPoP proof: an unencoded `:`, `+`, `&`, `,`, `@` or `=` makes it answer 401.
 */
export function encodeUrl(url: string): string {
  const parsed = new URL(url);
  const path = parsed.pathname.split('/').map(encodeSegment).join('/');
  return `${parsed.origin}${path}${parsed.search}`;
}

function encodeSegment(segment: string): string {
  return segment.replaceAll(/%[0-9a-f]{2}|[^\w.~%-]|%/gi, (character) => {
    if (/^%[0-9a-f]{2}$/i.test(character)) return character.toUpperCase();
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
