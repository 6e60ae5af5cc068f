import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { Spool } from '../../../apps/connect/web/import-ports.ts';

/** A spool in memory that tells what became of it. */
export class MemorySpool implements Spool {
  readonly files = new Map<string, Buffer>();
  discarded = 0;

  async add(path: string, content: Readable): Promise<void> {
    this.files.set(path, await buffer(content));
  }

  input(name: string): ReturnType<Spool['input']> {
    const files = [...this.files].map(([path, bytes]) => ({
      path,
      sizeBytes: bytes.length,
      open: (range?: { start: number; end: number }) =>
        Readable.from([bytes.subarray(range?.start, range?.end)]),
    }));
    return { name, files };
  }

  async discard(): Promise<void> {
    this.discarded += 1;
    this.files.clear();
    return Promise.resolve();
  }
}
