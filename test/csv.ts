import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';

/** Rows of a plain CSV text by column name: a second route beside the importer's own parser. */
export function csvRows(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = text
    .replace(/^\uFEFF/u, '')
    .trim()
    .split(/\r?\n/u);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
  });
}

/** The text of the only file in a zip. */
export async function onlyFileInZip(path: string): Promise<string> {
  const zip = await yauzl.openPromise(path);
  for await (const entry of zip.eachEntry()) {
    const content = await zip.openReadStreamPromise(entry);
    return (await buffer(content)).toString('utf8');
  }
  throw new Error(`${path} is empty`);
}
