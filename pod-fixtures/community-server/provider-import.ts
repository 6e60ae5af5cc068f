import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Lets an embedded server run in a process of jest. Community Solid Server 7.2 asks the environment
 * whether it is under test, and then loads its identity provider through a global `jest` that only
 * its own tests have; every login answers 500.
 */
export function importProviderItself(): void {
  const util = require('@solid/community-server/dist/identity/IdentityUtil.js') as {
    importOidcProvider: () => Promise<unknown>;
  };
  util.importOidcProvider = () => import('oidc-provider');
}
