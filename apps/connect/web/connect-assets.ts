import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assetFolder } from '../../shared/web/asset-folder.ts';

const styles = createRequire(import.meta.url).resolve('#root/apps/connect/web/assets/connect.css');

/** Style sheet and client modules of the upload pages. */
export const connectAssets = assetFolder('connect', [
  dirname(styles),
  fileURLToPath(new URL('client', import.meta.url)),
]);
