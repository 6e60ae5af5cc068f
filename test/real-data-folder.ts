import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';

const root = dirname(createRequire(import.meta.url).resolve('#root/package.json'));

/** Where the real exports lie; a relative `WELLPOD_REAL_DATA` counts from the root of the project. */
export const realDataFolder = resolve(root, process.env['WELLPOD_REAL_DATA'] ?? '../shared/data');
