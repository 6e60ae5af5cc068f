import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';

const stateSchema = z.object({
  version: z.literal(1),
  port: z.number().int(),
  /** The servers' accounts exist; seeding them again would only warn. */
  seeded: z.boolean(),
  /** Profiles name their storages, and the first import is complete. */
  prepared: z.boolean(),
});

/** What the demo remembers between starts, in its folder. */
export type DemoState = z.infer<typeof stateSchema>;

/**
 * Opens the demo's folder, empty with `fresh`.
 * WebIDs contain the port, so a folder made for one port can't serve another.
 * @throws CliError when the folder belongs to another port or holds something else.
 */
export async function openDemoState(options: {
  readonly folder: string;
  readonly port: number;
  readonly fresh: boolean;
}): Promise<DemoState> {
  const { folder, port, fresh } = options;
  const existing = await readState(folder, fresh);
  if (existing === undefined && (await isOccupied(folder)))
    throw new CliError(
      'usage',
      `${folder} holds something that is not a demo. Choose another --folder.`,
    );
  if (existing === undefined || existing === 'damaged' || fresh) {
    if (fresh) await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const state: DemoState = { version: 1, port, seeded: false, prepared: false };
    await saveDemoState(folder, state);
    return state;
  }
  if (existing.port !== port)
    throw new CliError(
      'usage',
      `${folder} was made for port ${existing.port}, and its WebIDs contain that port. ` +
        `Start with --port ${existing.port}, with another --folder, or empty it with --fresh.`,
    );
  return existing;
}

/** Writes the state so that a kill leaves either the old or the new one. */
export async function saveDemoState(folder: string, state: DemoState): Promise<void> {
  const path = join(folder, 'demo.json');
  await writeFile(`${path}.new`, JSON.stringify(state, null, 2), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function readState(
  folder: string,
  fresh: boolean,
): Promise<DemoState | 'damaged' | undefined> {
  const text = await readFile(join(folder, 'demo.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = stateSchema.safeParse(safeJson(text));
  if (parsed.success) return parsed.data;
  if (fresh) return 'damaged';
  throw new CliError(
    'usage',
    `${join(folder, 'demo.json')} is damaged. Empty the demo with --fresh.`,
  );
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function isOccupied(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return false;
  if (!found.isDirectory()) return true;
  return (await readdir(folder)).length > 0;
}
