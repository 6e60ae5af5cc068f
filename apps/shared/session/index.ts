export { failureWords, type FailureWords } from './failure-words.ts';
export { LoginFailure, type LoginFailureCode } from './login-failure.ts';
export type { Person } from '../person.ts';
export type { RememberedLogin } from './remembered-logins.ts';
export type { ClientCredentials } from './renew-grant.ts';
export { createSessions, type Sessions, type SessionsConfig } from './sessions.ts';
export { sessionEnvironment, type SessionEnvironment } from './config.ts';
export { terminalLogin, type TerminalLoginOptions } from './terminal-login.ts';
export {
  credentialsLogin,
  forgetStored,
  openStoredPerson,
  type TerminalState,
} from './terminal-store.ts';
