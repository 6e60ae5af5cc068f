import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assetFolder } from '../../shared/web/asset-folder.ts';

const styles = createRequire(import.meta.url).resolve(
  '#root/apps/insights/pages/assets/insights.css',
);

/** Style sheet and client modules of the insight and query pages. */
export const insightsAssets = assetFolder('insights', [
  dirname(styles),
  fileURLToPath(new URL('client', import.meta.url)),
]);
