import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assetFolder } from './asset-folder.ts';

const styles = createRequire(import.meta.url).resolve('#root/apps/shared/web/assets/tokens.css');

/** Style sheets, icon and client modules that every page loads. */
export const siteAssets = assetFolder('site', [
  dirname(styles),
  // Style sheets are read where they were written, client modules where tsc put them.
  fileURLToPath(new URL('client', import.meta.url)),
]);
