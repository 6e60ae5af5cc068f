import LinkHeader from 'http-link-header';

/** A response's `Link` header by relation, as absolute URLs. */
export interface Links {
  /** The targets with this relation, in the order of the header. */
  all(relation: string): readonly string[];
  first(relation: string): string | undefined;
}

/**
 * Reads the `Link` header (RFC 8288). Relative targets are resolved against the final URL of the
 * response, as some hosts send no absolute ones. A header that is not one counts as absent.
 */
export function linksOf(response: Response, requestUrl: string): Links {
  const base = response.url === '' ? requestUrl : response.url;
  const refs = parse(response.headers.get('link'));
  const all = (relation: string): readonly string[] =>
    refs
      .filter(({ rel }) => rel.split(/\s+/).includes(relation))
      .filter(({ uri }) => URL.canParse(uri, base))
      .map(({ uri }) => new URL(uri, base).href);
  return { all, first: (relation) => all(relation)[0] };
}

function parse(header: string | null): readonly LinkHeader.Reference[] {
  if (header === null) return [];
  try {
    return LinkHeader.parse(header).refs.filter(({ rel }) => typeof rel === 'string');
  } catch {
    return [];
  }
}
