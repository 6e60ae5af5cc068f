import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import type { ExportFile, ExportInput } from '../../../apps/connect/export/export-file.ts';

/** Files of an export by their paths, as an upload would give them. */
export function exportOf(
  files: Readonly<Record<string, string | Buffer>>,
  name = 'export',
): ExportInput {
  return {
    name,
    files: Object.entries(files).map(([path, content]) => fileOf(path, Buffer.from(content))),
  };
}

/** One file whose bytes come a few at a time, so that every boundary is met. */
export function fileOf(path: string, bytes: Buffer, chunkLength = 65_536): ExportFile {
  return {
    path,
    sizeBytes: bytes.length,
    open: ({ start, end } = { start: 0, end: bytes.length }) =>
      Readable.from(chunks(bytes.subarray(start, end), chunkLength), { objectMode: false }),
  };
}

function* chunks(bytes: Buffer, length: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** What can be wrong with an entry of a zip. */
export interface ZipOddity {
  readonly isEncrypted?: boolean;
  readonly checksum?: number;
  readonly claimedSize?: number;
}

/** A zip (APPNOTE 6.3.10 §4.3) of these files, written independently of the reader under test. */
export function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  oddity: ZipOddity = {},
): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const name = Buffer.from(path);
    const packed = deflateRawSync(bytes);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (oddity.isEncrypted === true ? 1 : 0), 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(oddity.checksum ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(oddity.claimedSize ?? bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([signature(0x04034b50), common, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(signature(0x02014b50), Buffer.from([20, 0]), common, rest, name);
    locals.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(Object.keys(files).length, 4);
  end.writeUInt16LE(Object.keys(files).length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, ...directory, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
