/** What went wrong, by what the caller can do next. */
export type VocabularyErrorCode =
  /** The document was cut short, changed, or written in part: read it again or restore it. */
  | 'VOCABULARY_INCOMPLETE'
  /** The document says something that the vocabulary does not allow. */
  | 'VOCABULARY_INVALID'
  /** A value or instant given to us lies outside what the vocabulary can hold. */
  | 'VOCABULARY_OUT_OF_RANGE';

/** The one error of the codec. Its message names the document and never holds a reading. */
export class VocabularyError extends Error {
  override readonly name = 'VocabularyError';
  readonly code: VocabularyErrorCode;
  /** Absent where no document is involved yet. */
  readonly documentUrl?: string;

  constructor(code: VocabularyErrorCode, message: string, documentUrl?: string) {
    super(documentUrl === undefined ? message : `${documentUrl}: ${message}`);
    this.code = code;
    if (documentUrl !== undefined) this.documentUrl = documentUrl;
  }
}
