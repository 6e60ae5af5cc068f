import { QueryEngine } from '@comunica/query-sparql';
import type { Quad, Term } from '@rdfjs/types';
import { Store } from 'n3';
import { defaultPrefixes } from '../../../apps/shared/query/index.ts';

const engine = new QueryEngine();

export type Row = Readonly<Record<string, Term>>;

const declarations = Object.entries(defaultPrefixes)
  .map(([prefix, iri]) => `PREFIX ${prefix}: <${iri}>\n`)
  .join('');

/** The answer of Comunica, from the text of the query, over one node per reading. */
export async function plainComunica(sparql: string, quads: readonly Quad[]): Promise<Row[]> {
  const store = new Store([...quads]);
  const bindings = await engine.queryBindings(declarations + sparql, { sources: [store] });
  const rows: Row[] = [];
  for await (const solution of bindings) {
    rows.push(Object.fromEntries([...solution].map(([{ value }, term]) => [value, term])));
  }
  return rows;
}

/** Rows as text, one line each: equal texts are equal terms. */
export function rowTexts(rows: readonly Row[]): string[] {
  return rows.map((row) =>
    Object.entries(row)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, term]) => `${name}=${termText(term)}`)
      .join(' '),
  );
}

function termText(term: Term): string {
  if (term.termType !== 'Literal') return `<${term.value}>`;
  return `"${term.value}"^^${term.datatype.value.replace(/^.*#/u, '')}`;
}
