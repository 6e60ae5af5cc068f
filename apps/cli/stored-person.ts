import { type Person, credentialsLogin, openStoredPerson } from '../shared/session/index.ts';
import { loadConfig } from './config.ts';

/**
 * Who the commands act for: client credentials in the environment, else what `wellpod login` kept.
 * @throws LoginFailure, CliError.
 */
export async function storedPerson(): Promise<Person> {
  const config = loadConfig();
  return config.credentials === undefined
    ? openStoredPerson(config)
    : credentialsLogin(config.credentials, config);
}
