import type { PodErrorCode } from '../../../adapters/contract/index.ts';
import type { QueryErrorCode } from '../query/query-error.ts';

/** Title and advice for people, and the status our own response carries. */
export interface ProblemText {
  readonly status: number;
  readonly title: string;
  readonly advice: string;
  /** True where the error's message is written for people and safe to show. */
  readonly showsMessage?: boolean;
}

const podProblems: Readonly<Record<PodErrorCode, ProblemText>> = {
  POD_NOT_FOUND: {
    status: 404,
    title: 'Your pod does not have this',
    advice: 'It may have been moved or removed by another app. Go back and choose again.',
  },
  POD_UNAUTHENTICATED: {
    status: 401,
    title: 'Your connection has ended',
    advice: 'The pod asks who you are again. Log in once more; nothing was lost.',
  },
  POD_FORBIDDEN: {
    status: 403,
    title: 'Your pod does not let us do that',
    advice:
      'The access rules of your storage do not admit this app here. Check them at your pod’s host, or log in as the owner.',
  },
  POD_PRECONDITION_FAILED: {
    status: 409,
    title: 'Something else changed the same data',
    advice: 'Another app or device wrote at the same moment. Try again: nothing was overwritten.',
  },
  POD_INVALID: {
    status: 422,
    title: 'The pod refused what was sent',
    advice: 'The host says that the request can not succeed as it is. Trying again will not help.',
  },
  POD_UNSUPPORTED: {
    status: 501,
    title: 'Your pod’s host can not do this',
    advice: 'The host lacks a capability that this needs. Another storage of yours may have it.',
  },
  POD_FULL: {
    status: 507,
    title: 'Your pod is full',
    advice: 'Free some space at your host, or choose another storage of yours. Nothing was lost.',
  },
  POD_UNAVAILABLE: {
    status: 503,
    title: 'Your pod does not answer',
    advice: 'The host may be down or out of reach. Your data is safe there; try again in a moment.',
  },
};

const queryProblems = {
  QUERY_SYNTAX: {
    status: 422,
    title: 'This is not valid SPARQL yet',
    advice: 'Correct the query at the place named, or start from one of the examples.',
    showsMessage: true,
  },
  QUERY_UNSUPPORTED: {
    status: 422,
    title: 'Queries here can not do that',
    advice: 'Ask with SELECT or ASK over your own pods.',
    showsMessage: true,
  },
  QUERY_TOO_LARGE: {
    status: 422,
    title: 'That question touches too many readings',
    advice: 'Narrow it: fewer days, one signal, or a count or mean instead of every reading.',
    showsMessage: true,
  },
  QUERY_TIMEOUT: {
    status: 504,
    title: 'The answer took too long',
    advice: 'Narrow it: fewer days, one signal, or a count or mean instead of every reading.',
    showsMessage: true,
  },
  QUERY_CANCELLED: {
    status: 409,
    title: 'The query was stopped',
    advice: 'Run it again when you like.',
  },
  QUERY_FAILED: {
    status: 422,
    title: 'This query could not be computed',
    advice: 'Ask it in another way, or start from one of the examples.',
    showsMessage: true,
  },
  QUERY_NO_POD: {
    status: 503,
    title: 'None of your pods answers',
    advice:
      'The hosts may be down or out of reach. Your data is safe there; try again in a moment.',
  },
} as const satisfies Record<QueryErrorCode, ProblemText>;

const importProblems = {
  IMPORT_NOT_FOUND: {
    status: 404,
    title: 'The file is not there',
    advice: 'Choose the export once more.',
    showsMessage: true,
  },
  IMPORT_EMPTY: {
    status: 422,
    title: 'There is nothing in this file',
    advice: 'Export it once more at the vendor, and check that the new file is not empty.',
    showsMessage: true,
  },
  IMPORT_NOTHING_KNOWN: {
    status: 422,
    title: 'We do not know this kind of file',
    advice: 'Choose the vendor’s own file, folder or zip, unchanged.',
    showsMessage: true,
  },
  IMPORT_COLUMNS: {
    status: 422,
    title: 'This CSV file holds something else',
    advice: 'Choose the vendor’s own file, unchanged.',
    showsMessage: true,
  },
  IMPORT_CSV_INVALID: {
    status: 422,
    title: 'A line of this file can not be read',
    advice: 'The file may be cut off or was changed by a spreadsheet. Export it once more.',
    showsMessage: true,
  },
  IMPORT_ZIP_DAMAGED: {
    status: 422,
    title: 'This zip file is damaged',
    advice: 'It was probably cut off while it was downloaded.',
    showsMessage: true,
  },
  IMPORT_ZIP_ENCRYPTED: {
    status: 422,
    title: 'This zip file is locked',
    advice: 'Unpack it with its password first, then choose the folder.',
    showsMessage: true,
  },
  IMPORT_TOO_LARGE: {
    status: 413,
    title: 'This export is too large to take at once',
    advice: 'Import it in parts: what is in your pod already stays and is not doubled.',
    showsMessage: true,
  },
  IMPORT_TIME_ZONE: {
    status: 422,
    title: 'We do not know this time zone',
    advice: 'Choose the zone in which you wore the device, such as Europe/Brussels.',
    showsMessage: true,
  },
  IMPORT_OPTION: {
    status: 422,
    title: 'A choice of this import does not fit',
    advice: 'Go back and choose again.',
    showsMessage: true,
  },
  IMPORT_PERSON_AMBIGUOUS: {
    status: 409,
    title: 'This export holds several people',
    advice: 'Choose whose data goes into your pod.',
    showsMessage: true,
  },
  IMPORT_PERSON_UNKNOWN: {
    status: 422,
    title: 'This person is not in the export',
    advice: 'Choose one of the people it holds.',
    showsMessage: true,
  },
  IMPORT_TARGET_OPEN: {
    status: 409,
    title: 'Others can read the folder this would go to',
    advice: 'Close the folder to others at your pod’s host first, then import again.',
    showsMessage: true,
  },
  IMPORT_POD_FULL: {
    status: 507,
    title: 'Your pod is full',
    advice:
      'Free some space at your host or choose another storage, then import again: what arrived is not doubled.',
    showsMessage: true,
  },
  IMPORT_POD_FORBIDDEN: {
    status: 403,
    title: 'Your pod does not let us write',
    advice: 'Log in as the owner of this storage, or choose another one.',
    showsMessage: true,
  },
  IMPORT_POD_UNREACHABLE: {
    status: 503,
    title: 'Your pod does not answer',
    advice: 'Import again when it is back: what arrived is not doubled.',
    showsMessage: true,
  },
  IMPORT_POD_BUSY: {
    status: 409,
    title: 'Something else keeps writing to the same data',
    advice: 'Wait until the other app or device is done, then import again.',
    showsMessage: true,
  },
  IMPORT_POD_REFUSED: {
    status: 502,
    title: 'Your pod answered something unexpected',
    advice: 'What arrived before is safe. Import again; if it stays, ask the host of your pod.',
    showsMessage: true,
  },
  IMPORT_CANCELLED: {
    status: 409,
    title: 'The import was stopped',
    advice: 'What arrived before is in your pod and is not doubled when you import again.',
  },
} as const satisfies Record<`IMPORT_${string}`, ProblemText>;

const webProblems = {
  WEB_NOT_FOUND: {
    status: 404,
    title: 'There is no such page',
    advice: 'The address may be mistyped or out of date. The pages above are all there is.',
  },
  WEB_BAD_REQUEST: {
    status: 400,
    title: 'We did not understand that request',
    advice: 'Go back, check what you entered, and send it again.',
    showsMessage: false,
  },
  WEB_INVALID_INPUT: {
    status: 422,
    title: 'Something in the form needs another look',
    advice: 'Go back, correct it, and send it again.',
    showsMessage: true,
  },
  WEB_TOO_LARGE: {
    status: 413,
    title: 'That is too large',
    advice: 'Send less at once: an export can be split into its single files.',
  },
  WEB_FOREIGN_ORIGIN: {
    status: 403,
    title: 'This request came from another site',
    advice:
      'For your safety, changes are made only from Wellpod’s own pages. Open the page here and try again.',
  },
  WEB_WRONG_HOST: {
    status: 421,
    title: 'Wellpod runs under another address',
    advice: 'Open it under the address that was printed when it started.',
  },
  WEB_IMPORT_RUNNING: {
    status: 409,
    title: 'An import is already running',
    advice: 'Let it finish, or stop it; it is listed on the upload page.',
  },
  WEB_IMPORT_UNKNOWN: {
    status: 404,
    title: 'This import is not known any more',
    advice:
      'Wellpod was started anew, or it is more than a day ago. Import the file again: what is in your pod is not doubled.',
  },
  WEB_LOGIN_REQUIRED: {
    status: 401,
    title: 'Log in first',
    advice: 'This page shows your own data, so it has to know who you are.',
  },
  WEB_INTERNAL: {
    status: 500,
    title: 'Something went wrong on our side',
    advice:
      'It was not you, and nothing in your pod was changed by it. Try again; if it stays, tell us what you did.',
  },
} as const satisfies Record<string, ProblemText>;

/** Every failure people can meet, by code: the one place where it gets words and a status. */
export const problems = {
  ...podProblems,
  ...queryProblems,
  ...importProblems,
  ...webProblems,
} as const;

/** A code that has words in the table. */
export type ProblemCode = keyof typeof problems;
