import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express from 'express';

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

interface Asset {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

/** Static files of one app, under an address that changes whenever one of them does. */
export interface AssetFolder {
  /** Address of a file of this folder. @throws RangeError when there is no such file. */
  url(file: string): string;
  /** Answers the addresses `url` gives out; everything else falls through. */
  readonly router: express.Router;
}

/**
 * Reads style sheets, pictures and compiled client modules into memory, once.
 *
 * One hash stands for the whole folder, so that a client module finds its siblings by relative
 * import; and as only listed names are answered, no request can walk the disk.
 */
export function assetFolder(name: string, directories: readonly string[]): AssetFolder {
  const assets = new Map<string, Asset>();
  for (const directory of directories.filter((path) => existsSync(path)))
    for (const file of readdirSync(directory).toSorted()) {
      const mediaType = mediaTypes[extname(file)];
      if (mediaType !== undefined)
        assets.set(file, { bytes: readFileSync(join(directory, file)), mediaType });
    }
  const digest = createHash('sha256');
  for (const [file, { bytes }] of assets) digest.update(file).update('\0').update(bytes);
  const base = `/assets/${name}/${digest.digest('hex').slice(0, 12)}/`;
  return { url: (file) => base + known(assets, file), router: assetRouter(base, assets) };
}

function known(assets: ReadonlyMap<string, Asset>, file: string): string {
  // Client modules exist only after `npm run build`; their address is the same without them.
  if (!assets.has(file) && extname(file) !== '.js') throw new RangeError(`no asset ${file}`);
  return file;
}

function assetRouter(base: string, assets: ReadonlyMap<string, Asset>): express.Router {
  const router = express.Router();
  router.get<{ file: string }>(`${base}:file`, (request, response, next) => {
    const asset = assets.get(request.params.file);
    if (asset === undefined) return next();
    response
      .set('Cache-Control', 'public, max-age=31536000, immutable')
      .set('Content-Type', asset.mediaType)
      .send(asset.bytes);
  });
  return router;
}
