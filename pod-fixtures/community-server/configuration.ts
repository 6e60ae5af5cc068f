import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which access system a server runs: one server has exactly one. */
export type AccessSystem = 'wac' | 'acp';

/**
 * Writes the server's configuration: its stock one for files, but with the atomic accessor.
 * The stock accessor destroys documents when a client drops mid-PUT or the process dies.
 */
export async function writeConfiguration(options: {
  readonly serverFolder: string;
  readonly folder: string;
  readonly access: AccessSystem;
}): Promise<string> {
  const stock = options.access === 'wac' ? 'file.json' : 'file-acp.json';
  const configuration = JSON.parse(
    await readFile(join(options.serverFolder, 'config', stock), 'utf8'),
  ) as { '@graph': unknown[] };
  configuration['@graph'].push({
    '@id': 'urn:wellpod:fixtures:AtomicFiles',
    '@type': 'Override',
    overrideInstance: { '@id': 'urn:solid-server:default:FileDataAccessor' },
    overrideParameters: {
      '@type': 'AtomicFileDataAccessor',
      resourceMapper: { '@id': 'urn:solid-server:default:FileIdentifierMapper' },
      rootFilePath: { '@id': 'urn:solid-server:default:variable:rootFilePath' },
      tempFilePath: '/.internal/tempFiles/',
    },
  });
  const path = join(options.folder, 'server.json');
  await writeFile(path, JSON.stringify(configuration, null, 2));
  return path;
}
