import type { Term } from '@rdfjs/types';
import type { QueryAnswer } from '../../shared/query/query-types.ts';

/**
 * The answer as SPARQL 1.1 Query Results JSON (https://www.w3.org/TR/sparql11-results-json/).
 */
export function resultsJson(answer: QueryAnswer): string {
  if (answer.kind === 'boolean')
    return JSON.stringify({ head: {}, boolean: answer.boolean === true });
  const bindings = answer.rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, term]) => [name, jsonTerm(term)])),
  );
  return JSON.stringify({ head: { vars: answer.variables }, results: { bindings } });
}

function jsonTerm(term: Term): Record<string, string> {
  if (term.termType === 'NamedNode') return { type: 'uri', value: term.value };
  if (term.termType !== 'Literal') return { type: 'bnode', value: term.value };
  if (term.language !== '')
    return { type: 'literal', value: term.value, 'xml:lang': term.language };
  const isPlain = term.datatype.value === 'http://www.w3.org/2001/XMLSchema#string';
  return {
    type: 'literal',
    value: term.value,
    ...(isPlain ? {} : { datatype: term.datatype.value }),
  };
}

/**
 * The answer as SPARQL 1.1 Query Results CSV (https://www.w3.org/TR/sparql11-results-csv-tsv/), but
 * for one thing: a text that a spreadsheet would run as a formula gets an apostrophe in front, since
 * a pod holds what other apps wrote too.
 */
export function resultsCsv(answer: QueryAnswer): string {
  if (answer.kind === 'boolean') return `answer\r\n${String(answer.boolean === true)}\r\n`;
  const lines = [
    answer.variables.map((name) => quoted(name)),
    ...answer.rows.map((row) => answer.variables.map((name) => csvCell(row[name]))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

function csvCell(term: Term | undefined): string {
  if (term === undefined) return '';
  if (term.termType === 'BlankNode') return quoted(`_:${term.value}`);
  const isText =
    term.termType === 'Literal' && !/^-?\d/u.test(term.value) && /^[=+\-@\t\r]/u.test(term.value);
  return quoted(isText ? `'${term.value}` : term.value);
}

function quoted(text: string): string {
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
