import { createHash } from 'node:crypto';
import type { Quad, Term } from '@rdfjs/types';
import { XSD } from './reused-terms.ts';
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
    if (term.termType === 'NamedNode') {
      const { value } = term;
      return `<${folder !== '' && value.startsWith(folder) ? value.slice(folder.length) : value}>`;
    }
    if (term.termType !== 'Literal') {
      throw new VocabularyError('VOCABULARY_INVALID', 'holds a blank node', documentUrl);
    }
    const text = `"${escapeText(term.value)}"`;
    if (term.language !== '') return `${text}@${term.language}`;
    const datatype = term.datatype.value;
    return datatype === XSD.string.value ? text : `${text}^^<${datatype}>`;
  };
  const lines: Buffer[] = [];
  for (const { subject, predicate, object } of triples) {
    lines.push(Buffer.from(`${[subject, predicate, object].map(canonical).join(' ')} .\n`));
  }
  // Bytes, not JavaScript's UTF-16 units, so that every implementation sorts alike.
  lines.sort(Buffer.compare);
  const hash = createHash('sha256');
  lines.forEach((line, index) => {
    if (index === 0 || lines[index - 1]?.equals(line) !== true) hash.update(line);
  });
  return hash.digest('hex');
}
