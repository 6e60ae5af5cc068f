import type { PodErrorCode } from '../../../adapters/contract/index.ts';

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
  POD_UNAVAILABLE: {
    status: 503,
    title: 'Your pod does not answer',
    advice:
      'The host may be down, full, or out of reach. Your data is safe there; try again in a moment.',
  },
};

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
export const problems = { ...podProblems, ...webProblems } as const;

/** A code that has words in the table. */
export type ProblemCode = keyof typeof problems;
