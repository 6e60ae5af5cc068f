import type { LoginFailure, LoginFailureCode } from './login-failure.ts';

/** A failure in words for its user. */
export interface FailureWords {
  readonly status: number;
  readonly title: string;
  readonly advice: string;
}

type Words = (host: string) => FailureWords;

const words = (status: number, title: string, advice: string): FailureWords => ({
  status,
  title,
  advice,
});

const table: Readonly<Record<LoginFailureCode, Words>> = {
  'not-a-url': () =>
    words(
      422,
      'This is not a web address',
      'A WebID looks like https://alice.example/profile/card#me. Instead you can enter the address of the server where you have your account, such as login.example.org.',
    ),
  'not-allowed': (host) =>
    words(
      422,
      `${host} must not be reached from here`,
      'Wellpod connects to public https addresses only. Whoever runs this Wellpod can allow a server of the local network in its configuration.',
    ),
  unreachable: (host) =>
    words(
      503,
      `${host} does not answer`,
      'The server may be down, or the address mistyped. Check the address, and try again in a moment.',
    ),
  'not-an-issuer': (host) =>
    words(
      422,
      `${host} is not a server that logs people in`,
      'It does not describe itself as an OpenID provider for Solid. Enter your full WebID instead, and the right server is found from it.',
    ),
  'not-a-webid': (host) =>
    words(
      422,
      'There is no profile at this address',
      `${host} answered, but not with a WebID profile. Copy your WebID once more from your pod’s host; its end, often #me, belongs to it.`,
    ),
  'no-issuer': () =>
    words(
      422,
      'This profile does not say who logs you in',
      'A WebID profile has to name its issuer (solid:oidcIssuer). Add it at your pod’s host, or enter the address of the issuer itself.',
    ),
  'several-issuers': () =>
    words(
      422,
      'Your profile names several servers that log you in',
      'Run the login again with the address of the one to use.',
    ),
  'client-not-accepted': (host) =>
    words(
      502,
      `${host} does not accept Wellpod`,
      'The server could not read how Wellpod describes itself, and does not let it register either. If it is out of this machine’s reach, open Wellpod under a public address, or ask the server’s operator.',
    ),
  cancelled: (host) =>
    words(
      403,
      'You cancelled the login',
      `Nothing was shared, and Wellpod has no access through ${host}. Log in whenever you like.`,
    ),
  'issuer-refused': (host) =>
    words(502, `${host} refused the login`, 'It gave no reason that helps. Start the login again.'),
  'login-unknown': () =>
    words(
      400,
      'We do not know this login',
      'It was finished or given up already, perhaps in another tab. Start again.',
    ),
  'login-expired': () =>
    words(
      400,
      'This login took too long',
      'For your safety it has to be finished sooner. Start again.',
    ),
  'other-browser': () =>
    words(
      400,
      'This login was started in another browser',
      'For your safety it can be finished only where it began. If you followed a link that someone sent you, do not log in with it.',
    ),
  clock: (host) =>
    words(
      502,
      `The clock of this machine and that of ${host} differ`,
      'A login is good only for minutes, by the clocks of both. Set this machine’s clock, then try again.',
    ),
  'token-invalid': (host) =>
    words(
      502,
      `${host} sent a proof of identity that does not hold`,
      'So you were not logged in. Start again; if it stays, tell the server’s operator.',
    ),
  'webid-not-confirmed': (host) =>
    words(
      403,
      `Your profile does not name ${host}`,
      'Anybody can claim to be you, so only a server that your own WebID profile lists (solid:oidcIssuer) is believed. Add it to your profile, or log in at the one it names.',
    ),
  'other-person': (host) =>
    words(
      403,
      `${host} logged in somebody else`,
      'You entered one WebID, and another one came back. You may still be logged in there as someone else: log out at that server, then try again.',
    ),
  'no-storage': () =>
    words(
      422,
      'Your profile names no storage',
      'You are who you say, but your profile (pim:storage) leads to no pod to keep readings in. Create one at your pod’s host, or add it to your profile.',
    ),
  'credentials-refused': (host) =>
    words(
      401,
      `${host} does not accept these client credentials`,
      'They may be mistyped or revoked. Create new ones on your account page there.',
    ),
  'not-logged-in': () =>
    words(
      401,
      'Nobody is logged in',
      'Run `wellpod login` first, or set the WELLPOD_ISSUER, WELLPOD_CLIENT_ID and WELLPOD_CLIENT_SECRET variables.',
    ),
  'session-ended': () =>
    words(
      401,
      'Your login has ended',
      'Issuers end a connection after some days, or when it was not used for a day. Log in again; nothing was lost.',
    ),
};

/** Says a failure in plain words: what happened and what to do. */
export function failureWords({ code, host }: LoginFailure): FailureWords {
  return table[code](host || 'The server');
}
