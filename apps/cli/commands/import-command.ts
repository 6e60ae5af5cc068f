import type { ImportFlags } from '../actions/import.ts';
import { Command } from 'commander';
import { addExportOptions } from '../export-options.ts';
import { jsonOption } from '../options.ts';

/** `wellpod import`: an export of a wearable into the pod of who is logged in. */
export function importCommand(): Command {
  const command = new Command('import')
    .description('import a Fitbit (Fitabase) or Empatica E4 export into your pod')
    .argument('<export>', 'file, zip or folder')
    .option('--storage <url>', 'which of your storages; the one you chose at login when absent')
    .option('--dry-run', 'say what would be added, and write nothing', false)
    .addOption(jsonOption())
    .action(async (path: string, flags: ImportFlags) => {
      const { runImport } = await import('../actions/import.ts');
      await runImport(path, flags);
    });
  return addExportOptions(command);
}
