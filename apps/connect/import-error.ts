/** Why an import stopped, one code per thing the user can do about it. */
export type ImportErrorCode =
  | 'IMPORT_NOT_FOUND' // check the path
  | 'IMPORT_EMPTY' // export again: there is nothing in it
  | 'IMPORT_NOTHING_KNOWN' // choose another file: no connector reads this one
  | 'IMPORT_COLUMNS' // choose another file: a CSV, but of something else
  | 'IMPORT_CSV_INVALID' // export again: a row cannot be read
  | 'IMPORT_ZIP_DAMAGED' // download again
  | 'IMPORT_ZIP_ENCRYPTED' // unpack with the password first
  | 'IMPORT_TOO_LARGE' // import in parts
  | 'IMPORT_TIME_ZONE' // name an IANA zone
  | 'IMPORT_OPTION' // correct the option
  | 'IMPORT_PERSON_AMBIGUOUS' // choose one of `people`
  | 'IMPORT_PERSON_UNKNOWN' // choose one of `people`
  | 'IMPORT_TARGET_OPEN' // close the container to others first
  | 'IMPORT_POD_FULL' // free space, run again
  | 'IMPORT_POD_FORBIDDEN' // log in as the owner
  | 'IMPORT_POD_UNREACHABLE' // try again later
  | 'IMPORT_POD_BUSY' // another program keeps writing: try again
  | 'IMPORT_POD_REFUSED' // the pod holds or answers something unexpected
  | 'IMPORT_CANCELLED';

/** Where an import stopped, besides its code and message. */
export interface ImportErrorDetails {
  /** Path inside the export. */
  readonly file?: string;
  /** 1-based line of that file. */
  readonly line?: number;
  /** Who the export holds, where the user has to choose. */
  readonly people?: readonly string[];
  readonly cause?: unknown;
}

/** A failed import in one plain sentence: what is wrong, where, and what to do. Never holds a reading. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: ImportErrorCode;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly people: readonly string[] | undefined;

  constructor(code: ImportErrorCode, message: string, details: ImportErrorDetails = {}) {
    super(
      `${position(details)}${message}`,
      'cause' in details ? { cause: details.cause } : undefined,
    );
    this.code = code;
    this.file = details.file;
    this.line = details.line;
    this.people = details.people;
  }
}

function position({ file, line }: ImportErrorDetails): string {
  if (file === undefined) return '';
  return line === undefined ? `${file}: ` : `${file}, line ${line}: `;
}
