import { problems, type ProblemCode, type ProblemText } from './problem-table.ts';

/** What went wrong, in the words people get to see. Holds no reading, address or identity. */
export interface Problem extends ProblemText {
  readonly code: ProblemCode;
  /** What this very failure adds, where its error is written for people to read. */
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
}

/** A failure with a place in the table: thrown by routes, shown by the site's error page. */
export class WebError extends Error {
  override readonly name = 'WebError';
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message?: string) {
    super(message ?? problems[code].title);
    this.code = code;
  }
}

/** Finds the words for any thrown value, by its code, else by its HTTP status. */
export function problemOf(error: unknown): Problem {
  const { code, status, message, retryAfterMs } = fieldsOf(error);
  const known = code !== undefined && isProblemCode(code) ? code : codeOfStatus(status);
  const text: ProblemText = problems[known];
  return {
    code: known,
    ...text,
    // Messages are shown only where their authors wrote them for people; others may name a WebID.
    ...(text.showsMessage === true && message !== undefined ? { detail: message } : {}),
    ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
  };
}

/** The problem as RFC 9457 members, with our code as an extension. */
export function problemDetails(problem: Problem): Record<string, unknown> {
  return {
    type: `/problems#${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail ?? problem.advice,
    code: problem.code,
  };
}

interface ErrorFields {
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  readonly message?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

function fieldsOf(error: unknown): ErrorFields {
  if (typeof error !== 'object' || error === null) return {};
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    status: 'status' in error && typeof error.status === 'number' ? error.status : undefined,
    message: error instanceof Error ? error.message : undefined,
    retryAfterMs:
      'retryAfterMs' in error && typeof error.retryAfterMs === 'number'
        ? error.retryAfterMs
        : undefined,
  };
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}

function codeOfStatus(status: number | undefined): ProblemCode {
  if (status === 404) return 'WEB_NOT_FOUND';
  if (status === 413) return 'WEB_TOO_LARGE';
  if (status !== undefined && status >= 400 && status < 500) return 'WEB_BAD_REQUEST';
  return 'WEB_INTERNAL';
}
