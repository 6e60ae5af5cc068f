import { type SessionEnvironment, sessionEnvironment } from '../shared/session/config.ts';
import { CliError } from './cli-error.ts';

/** Settings of the command. The only file of it that reads the environment. */
export interface Config extends SessionEnvironment {
  /** `WELLPOD_ALLOW_PRIVATE`: hosts besides public https ones, separated by commas. */
  readonly allowPrivate: readonly string[];
}

// The terminal's user owns this machine, and tries Wellpod with servers on it.
const ownMachine = 'localhost';

/** Reads the settings. @throws CliError that names what is missing. */
export function loadConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const allowed = environment['WELLPOD_ALLOW_PRIVATE'] ?? ownMachine;
  try {
    return {
      ...sessionEnvironment(environment),
      allowPrivate: allowed
        .split(',')
        .map((host) => host.trim())
        .filter((host) => host !== ''),
    };
  } catch (cause) {
    throw new CliError('usage', cause instanceof Error ? `${cause.message}.` : String(cause), {
      cause,
    });
  }
}

/** `WELLPOD_DEBUG`: failures are told with their stack, which may hold addresses. */
export function isDebugging(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return (environment['WELLPOD_DEBUG'] ?? '') !== '';
}
