import { createHash } from 'node:crypto';
import type { Quad, Term } from '@rdfjs/types';
import { XSD } from '../terms/reused-terms.ts';
import { VocabularyError } from './vocabulary-error.ts';

const parentFolder = /^[a-z][a-z\d+.-]*:\/\/[^/]*\/(?:[^?#]*\/)?(?=[^/?#]+\/[^/?#]*(?:$|[?#]))/i;

/** The folder above a document's own folder, `…/wellness/`, with its slash; empty if there is none. */
export function folderAbove(documentUrl: string): string {
  return parentFolder.exec(documentUrl)?.[0] ?? '';
}

/** Escapes a string as canonical N-Triples and as Turtle write it between double quotes. */
export function escapeText(text: string): string {
  if (!/["\\\n\r]/.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/**
 * The value of `well:digest` for the other triples of a document: see the property in
 * `wellness.ttl`.
 * @throws VocabularyError when there is a blank node, which a digest cannot name.
 */
export function digestOf(triples: Iterable<Quad>, documentUrl: string): string {
  const folder = folderAbove(documentUrl);
  const canonical = (term: Term): string => {
    const { value } = term;
    if (term.termType === 'NamedNode') {
      return `<${folder !== '' && value.startsWith(folder) ? value.slice(folder.length) : value}>`;
    }
    if (term.termType !== 'Literal') {
      throw new VocabularyError('VOCABULARY_INVALID', 'holds a blank node', documentUrl);
    }
    const text = `"${escapeText(value)}"`;
    const datatype = term.datatype.value;
    if (datatype === XSD.string.value) return text;
    return term.language === '' ? `${text}^^<${datatype}>` : `${text}@${term.language}`;
  };
  const lines = new Set<string>();
  for (const { subject, predicate, object } of triples) {
    lines.add(`${canonical(subject)} ${canonical(predicate)} ${canonical(object)} .\n`);
  }
  return createHash('sha256')
    .update(sortedByBytes([...lines]).join(''))
    .digest('hex');
}

// JavaScript's own order, of UTF-16 units, is that of UTF-8 bytes save where there are surrogates.
function sortedByBytes(lines: readonly string[]): readonly string[] {
  return lines.some((line) => /[\ud800-\udfff]/.test(line))
    ? lines.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    : lines.toSorted();
}
