import type { Term } from '@rdfjs/types';
import type { JSX } from 'preact';
import { defaultPrefixes } from '../../shared/query/index.ts';

// A namespace may begin with another one: the longest tells the most.
const prefixes = Object.entries(defaultPrefixes).toSorted(([, a], [, b]) => b.length - a.length);

/** An IRI with the prefix that every query here has, or whole where none fits. */
export function shortIri(iri: string): string {
  const found = prefixes.find(([, namespace]) => iri.startsWith(namespace));
  return found === undefined ? iri : `${found[0]}:${iri.slice(found[1].length)}`;
}

const numericTypes: ReadonlySet<string> = new Set(
  ['integer', 'decimal', 'double', 'float', 'int', 'long'].map(
    (name) => `http://www.w3.org/2001/XMLSchema#${name}`,
  ),
);

/** True for a literal that lines up with other numbers. */
export function isNumeric(term: Term | undefined): boolean {
  return term?.termType === 'Literal' && numericTypes.has(term.datatype.value);
}

const longDecimal = /^(?<sign>-?)(?<whole>\d+)\.(?<fraction>\d{4,})$/u;

/** A term in a table cell. The whole value stays in the tooltip and in the downloads. */
export function TermView({ term }: { readonly term: Term | undefined }): JSX.Element {
  if (term === undefined) return <span class="no-value">–</span>;
  if (term.termType === 'NamedNode') return <span title={term.value}>{shortIri(term.value)}</span>;
  if (term.termType !== 'Literal') return <span>{`_:${term.value}`}</span>;
  const title = term.language === '' ? shortIri(term.datatype.value) : `@${term.language}`;
  if (isNumeric(term) && longDecimal.test(term.value))
    return <span title={`${term.value} ${title}`}>{Number(term.value).toFixed(2)}</span>;
  return (
    <span title={title} class={term.value.length <= 30 ? 'nowrap' : undefined}>
      {term.value}
    </span>
  );
}
