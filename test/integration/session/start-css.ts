import { importProviderItself } from '../../../pod-fixtures/community-server/provider-import.ts';
import {
  type CommunityServer,
  startCommunityServer,
} from '../../../pod-fixtures/community-server/start.ts';
import type { IssuerLogin } from './css-login.ts';

/** A server with two accounts. Alice's profile names her storage, and lists it as her only one. */
export interface CssWithPeople {
  readonly server: CommunityServer;
  readonly alice: IssuerLogin;
  readonly bob: IssuerLogin;
}

/** Boots a Community Solid Server with Alice and Bob. */
export async function startCss(): Promise<CssWithPeople> {
  importProviderItself();
  const login = (name: string) => ({ email: `${name}@example.org`, password: `secret of ${name}` });
  const server = await startCommunityServer({
    access: 'wac',
    accounts: [
      { ...login('alice'), pods: [{ name: 'alice', personName: 'Alice' }] },
      { ...login('bob'), pods: [{ name: 'bob' }] },
    ],
  });
  const withWebId = (name: string): IssuerLogin => ({
    ...login(name),
    webId: `${server.baseUrl}${name}/profile/card#me`,
  });
  return { server, alice: withWebId('alice'), bob: withWebId('bob') };
}
