import { Notice } from '../../web/card.tsx';
import { renderPage } from '../../web/page.tsx';
import { hostOf } from '../http.ts';
import type { OidcClient } from '../oidc-client.ts';

/**
 * Shown for a moment before the browser goes to the issuer. A redirect would be shorter, but
 * Chromium holds it against the `form-action` of our content security policy.
 */
export function renderLeavingPage(url: string, client: OidcClient): string {
  const host = hostOf(url);
  return renderPage({
    title: `To ${host}`,
    children: (
      <div class="card stack narrow">
        <h1>On to {host}</h1>
        <p>You log in there, and say what Wellpod may do.</p>
        {client.kind === 'registered' ? <RegisteredNotice host={host} client={client} /> : null}
        <div class="actions">
          <a class="button" id="continue" href={url} rel="noreferrer">
            Continue
          </a>
        </div>
      </div>
    ),
  });
}

function RegisteredNotice({
  host,
  client,
}: {
  readonly host: string;
  readonly client: OidcClient;
}) {
  const { secretExpiresMs } = client;
  return (
    <Notice title={`${host} can not look Wellpod up`}>
      <p>
        This Wellpod runs where {host} can not reach it, so it registered there under a number. It
        asks you again when the server forgets that number
        {secretExpiresMs === undefined
          ? ''
          : ` (it says on ${new Date(secretExpiresMs).toISOString().slice(0, 10)})`}
        , and the name it shows you is not checked.
      </p>
    </Notice>
  );
}
