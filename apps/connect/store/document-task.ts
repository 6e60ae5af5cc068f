import type { Quad } from '@rdfjs/types';
import { readDocument, VocabularyError, type Rollups } from '../../../vocab/index.ts';
import { ImportError } from '../import-error.ts';
import { salvagedTriples } from './salvaged-triples.ts';

/** What became of incoming readings in a document. */
export interface MergeCounts {
  readonly added: number;
  readonly duplicates: number;
  readonly conflicts: number;
}

/** A document after what is imported was merged into what is there. */
export interface MergedDocument {
  readonly turtle: string;
  /** True when the pod holds exactly this already. */
  readonly isSame: boolean;
  /** True when what is there could not be read, and this holds nothing of it. */
  readonly isMadeAnew: boolean;
  readonly counts?: MergeCounts;
  /** Statistics of a series, for the year's rollups. */
  readonly rollups?: Rollups;
}

/**
 * One document that an import has something to say about. Merging is pure, and gives the same
 * whatever the order of imports.
 */
export interface DocumentTask {
  readonly url: string;
  /** What is imported, where the pod holds nothing yet. */
  merge(existing: undefined): MergedDocument;
  /**
   * Merges with the document's present text; undefined when that is cut short or was changed.
   * @throws ImportError `IMPORT_POD_REFUSED`, `IMPORT_TIME_ZONE`.
   */
  mergeWhole(existing: string): MergedDocument | undefined;
  /**
   * Merges with the records of a damaged text, if they can still be read: one that other programs
   * added to, or that only lacks its digest.
   * @throws ImportError `IMPORT_TIME_ZONE`.
   */
  mergeDamaged(existing: string): MergedDocument;
}

/** How a kind of document is read, merged and written. */
export interface DocumentCodec<Content, Result extends { readonly content: Content }> {
  decode(document: string | Iterable<Quad>): Content;
  merge(existing: Content | undefined): Result;
  encode(content: Content): string;
  /** What the report wants to know of the merge. */
  tell?(result: Result): Pick<MergedDocument, 'counts' | 'rollups'>;
}

/** A task out of a codec. */
export function documentTask<Content, Result extends { readonly content: Content }>(
  url: string,
  codec: DocumentCodec<Content, Result>,
): DocumentTask {
  const mergeInto = (known: Content | undefined): Omit<MergedDocument, 'isSame'> => {
    const result = codec.merge(known);
    const turtle = codec.encode(result.content);
    return { turtle, isMadeAnew: known === undefined, ...codec.tell?.(result) };
  };
  return {
    url,
    merge: () => ({ ...mergeInto(undefined), isSame: false }),
    mergeWhole(existing) {
      const known = decodeWhole(url, codec, existing);
      if (known === undefined) return undefined;
      const merged = mergeInto(known);
      // A host may have written our triples down in its own way: then the content decides.
      const isSame = existing === merged.turtle || codec.encode(known) === merged.turtle;
      return { ...merged, isSame };
    },
    mergeDamaged(existing) {
      const triples = salvagedTriples(existing, url);
      try {
        if (triples !== undefined) return { ...mergeInto(codec.decode(triples)), isSame: false };
      } catch (error) {
        if (!(error instanceof VocabularyError)) throw error;
      }
      return { ...mergeInto(undefined), isSame: false };
    },
  };
}

function decodeWhole<Content, Result extends { readonly content: Content }>(
  url: string,
  codec: DocumentCodec<Content, Result>,
  existing: string,
): Content | undefined {
  try {
    return codec.decode(existing);
  } catch (error) {
    if (!(error instanceof VocabularyError)) throw error;
    if (!isAsWritten(existing, url)) return undefined;
    throw new ImportError(
      'IMPORT_POD_REFUSED',
      'the pod holds something else under this name. Move it away, then import again.',
      { file: new URL(url).pathname, cause: error },
    );
  }
}

/** True when the text has the digest that whoever wrote it gave it. */
function isAsWritten(text: string, url: string): boolean {
  try {
    readDocument(text, url);
    return true;
  } catch (error) {
    if (error instanceof VocabularyError) return false;
    throw error;
  }
}
