import { openPod } from '../../adapters/index.ts';
import type { PodFixture } from '../hosts/fixture.ts';
import { loginFetch } from './client-credentials.ts';
import { importProviderItself } from './provider-import.ts';
import { type CommunityServer, startCommunityServer } from './start.ts';

const people = ['owner', 'stranger'] as const;

const login = (name: string): { email: string; password: string } => ({
  email: `${name}@pods.example`,
  password: `the password of ${name}`,
});

/** A Community Solid Server with the pods of two people, as a host of the conformance suite. */
export function communityServerFixture(host: string, access: 'wac' | 'acp'): PodFixture {
  let server: CommunityServer | undefined;
  return {
    host,
    async start() {
      importProviderItself();
      server = await startCommunityServer({
        access,
        accounts: people.map((name) => ({ ...login(name), pods: [{ name }] })),
      });
      const webId = (name: string): string => `${server?.baseUrl}${name}/profile/card#me`;
      return {
        root: `${server.baseUrl}owner/`,
        owner: webId('owner'),
        stranger: webId('stranger'),
      };
    },
    async stop() {
      await server?.stop();
    },
    async connect({ root, owner = '', stranger = '' }) {
      const { origin } = new URL(root);
      const baseUrl = `${origin}/`;
      const fetchOf = (name: string, webId: string): Promise<typeof fetch> =>
        loginFetch({ baseUrl, webId, ...login(name) });
      const [ownerFetch, strangerFetch] = await Promise.all([
        fetchOf('owner', owner),
        fetchOf('stranger', stranger),
      ]);
      const allowPrivate = [origin];
      return {
        owner: await openPod(root, { fetch: ownerFetch, webId: owner, allowPrivate }),
        stranger: await openPod(root, { fetch: strangerFetch, webId: stranger, allowPrivate }),
        anonymous: await openPod(root, { allowPrivate }),
        raw: { owner: ownerFetch, stranger: strangerFetch },
      };
    },
  };
}
