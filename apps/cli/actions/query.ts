import { readFile } from 'node:fs/promises';
import type { Term } from '@rdfjs/types';
import { resultsJson } from '../../insights/pages/result-formats.ts';
import { type QueryAnswer, createQuery } from '../../shared/query/index.ts';
import { CliError } from '../cli-error.ts';
import { storedPerson } from '../stored-person.ts';
import { textTable } from '../text-table.ts';

/** What `wellpod query` takes. */
export interface QueryFlags {
  readonly file?: string;
  readonly timeout: string;
  readonly json: boolean;
}

/** Asks all pods of who is logged in, and prints the answer. */
export async function runQuery(sparql: string | undefined, flags: QueryFlags): Promise<void> {
  const text = await queryText(sparql, flags);
  const timeoutMs = Number(flags.timeout) * 1000;
  if (!(timeoutMs > 0)) throw new CliError('usage', '--timeout takes a number of seconds.');
  const person = await storedPerson();
  const answer = await createQuery()(text, person.pods, { limits: { timeoutMs } });
  console.log(flags.json ? resultsJson(answer) : told(answer));
  for (const line of notes(answer)) console.error(line);
}

async function queryText(sparql: string | undefined, { file }: QueryFlags): Promise<string> {
  if ((sparql === undefined) === (file === undefined))
    throw new CliError('usage', 'Give the query itself, or a file with --file.');
  if (file === undefined) return sparql ?? '';
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError('input', `${file} can't be read.`, { cause });
  });
}

function told({ kind, boolean, variables, rows }: QueryAnswer): string {
  if (kind === 'boolean') return String(boolean);
  if (rows.length === 0) return 'No results.';
  return textTable(
    variables.map((name) => `?${name}`),
    rows.map((row) => variables.map((name) => cell(row[name]))),
  );
}

function cell(term: Term | undefined): string {
  if (term === undefined) return '';
  return term.termType === 'NamedNode' ? `<${term.value}>` : term.value;
}

/** What a reader must know to trust the answer; on standard error, beside the data. */
function notes({ documents, missing, truncated }: QueryAnswer): readonly string[] {
  const pods = new Set(documents.map(({ pod }) => pod));
  return [
    `From ${documents.length} documents in ${pods.size} pods.`,
    ...(truncated ? ['There are more results: narrow the query.'] : []),
    ...missing.map(({ pod, url, reason }) => `Missing: ${url} of ${pod} (${reason})`),
  ];
}
