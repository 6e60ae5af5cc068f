/** Why nobody is logged in, one code per thing that the user can do about it. */
export type LoginFailureCode =
  | 'not-a-url'
  | 'not-allowed'
  | 'unreachable'
  | 'not-an-issuer'
  | 'not-a-webid'
  | 'no-issuer'
  | 'several-issuers'
  | 'client-not-accepted'
  | 'cancelled'
  | 'issuer-refused'
  | 'login-unknown'
  | 'login-expired'
  | 'other-browser'
  | 'clock'
  | 'token-invalid'
  | 'webid-not-confirmed'
  | 'other-person'
  | 'no-storage'
  | 'credentials-refused'
  | 'not-logged-in'
  | 'session-ended';

/** A login, or a session, that failed for a reason with words for it in `failureWords`. */
export class LoginFailure extends Error {
  override readonly name = 'LoginFailure';
  readonly code: LoginFailureCode;
  /** Host name of the server concerned, for the words; never a WebID. */
  readonly host: string | undefined;

  constructor(code: LoginFailureCode, details: { host?: string; cause?: unknown } = {}) {
    // The message is for logs, so it tells neither host nor person.
    super(`Login failed: ${code}`, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.host = details.host;
  }
}
