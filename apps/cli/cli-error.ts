/** Why a command failed, as scripts see it: one exit code per reaction. */
export const exitCodes = {
  /** Something unforeseen: please report it. */
  internal: 1,
  /** The command's own words are wrong. */
  usage: 2,
  /** The file, the query or another input can't be used. */
  input: 3,
  /** Nobody is logged in, or the login ended. */
  login: 4,
  /** The pod refuses. */
  forbidden: 5,
  /** The pod, the issuer or a port can't be had now: try again. */
  unavailable: 6,
  /** The pod has no room. */
  full: 7,
} as const;

export type ExitReason = keyof typeof exitCodes;

/** A failure that the user can act on, told in one line. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly reason: ExitReason;

  constructor(reason: ExitReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
