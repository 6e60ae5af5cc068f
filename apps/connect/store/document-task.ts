import { VocabularyError, type Rollups } from '../../../vocab/index.ts';
import { ImportError } from '../import-error.ts';

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
  /** True when what is there was cut short or changed, so that nothing of it could be kept. */
  readonly wasDamaged: boolean;
  readonly counts?: MergeCounts;
  /** Statistics of a series, for the year's rollups. */
  readonly rollups?: Rollups;
}

/** One document that an import has something to say about. */
export interface DocumentTask {
  readonly url: string;
  /**
   * Merges with the document's present text; pure, and the same whatever the order of imports.
   * @throws ImportError `IMPORT_POD_REFUSED`, `IMPORT_TIME_ZONE`.
   */
  merge(existing: string | undefined): MergedDocument;
}

/** How a kind of document is read, merged and written. */
export interface DocumentCodec<Content, Result extends { readonly content: Content }> {
  decode(turtle: string): Content;
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
  return {
    url,
    merge(existing) {
      const { content: known, wasDamaged } = decodeExisting(url, codec, existing);
      const result = codec.merge(known);
      const turtle = codec.encode(result.content);
      // A host may have written our triples down in its own way: then the content decides.
      const isSame =
        !wasDamaged &&
        existing !== undefined &&
        (existing === turtle || (known !== undefined && codec.encode(known) === turtle));
      return { turtle, isSame, wasDamaged, ...codec.tell?.(result) };
    },
  };
}

function decodeExisting<Content, Result extends { readonly content: Content }>(
  url: string,
  codec: DocumentCodec<Content, Result>,
  existing: string | undefined,
): { readonly content: Content | undefined; readonly wasDamaged: boolean } {
  if (existing === undefined) return { content: undefined, wasDamaged: false };
  try {
    return { content: codec.decode(existing), wasDamaged: false };
  } catch (error) {
    if (!(error instanceof VocabularyError)) throw error;
    if (error.code === 'VOCABULARY_INCOMPLETE') return { content: undefined, wasDamaged: true };
    throw new ImportError(
      'IMPORT_POD_REFUSED',
      'the pod holds something else under this name. Move it away, then import again.',
      { file: new URL(url).pathname, cause: error },
    );
  }
}
