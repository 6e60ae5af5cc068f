import { failureWords, LoginFailure } from '../shared/session/index.ts';
import { problemOf } from '../shared/web/problem.ts';
import { CliError, type ExitReason, exitCodes } from './cli-error.ts';

/** A failure as the terminal tells it. */
export interface Failure {
  readonly exitCode: number;
  /** One plain line: what is wrong and what to do. */
  readonly line: string;
}

/** Finds the line and the exit code for whatever a command threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CliError)
    return { exitCode: exitCodes[error.reason], line: oneLine(error.message) };
  if (error instanceof LoginFailure) {
    const { status, title, advice } = failureWords(error);
    return { exitCode: exitCodes[loginReason(status)], line: oneLine(`${title}. ${advice}`) };
  }
  const problem = problemOf(error);
  return {
    exitCode: exitCodes[aboutTheExport(problem.code) ? 'input' : reasonOfStatus(problem.status)],
    line: oneLine(problem.detail ?? `${problem.title}. ${problem.advice}`),
  };
}

/** Every failure of an import but those of the pod asks for another file or option. */
function aboutTheExport(code: string): boolean {
  return code.startsWith('IMPORT_') && !/^IMPORT_(POD|TARGET|CANCELLED)/u.test(code);
}

function loginReason(status: number): ExitReason {
  const reason = reasonOfStatus(status);
  return reason === 'input' || reason === 'forbidden' ? 'login' : reason;
}

function reasonOfStatus(status: number): ExitReason {
  if (status === 401) return 'login';
  if (status === 403) return 'forbidden';
  if (status === 507) return 'full';
  if (status === 409 || status === 502 || status === 503 || status === 504) return 'unavailable';
  return status >= 400 && status < 500 ? 'input' : 'internal';
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}
