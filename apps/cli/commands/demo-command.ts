import { resolve } from 'node:path';
import { Command } from 'commander';
import { type ExportFlags, addExportOptions, exportOptions } from '../export-options.ts';
import { portOption } from '../options.ts';
import { untilInterrupted } from '../until-interrupted.ts';

interface DemoFlags extends ExportFlags {
  readonly port: number;
  readonly folder: string;
  readonly fresh: boolean;
  readonly import?: string;
}

/** `wellpod demo`: everything on this machine, for a look. */
export function demoCommand(): Command {
  const command = new Command('demo')
    .description(
      'start two pod hosts, two people with a month of data, and the website, all on this machine',
    )
    .addOption(portOption('port of the website; the pod hosts take the next two'))
    .option('--folder <folder>', 'where everything of the demo is kept', '.wellpod')
    .option('--fresh', 'empty that folder first', false)
    .option('--import <export>', 'import this file, zip or folder instead of the samples')
    .action(async (flags: DemoFlags) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      const demo = await runDemo({
        folder: resolve(flags.folder),
        port: flags.port,
        fresh: flags.fresh,
        say: (line) => console.log(line),
        ...(flags.import !== undefined && {
          own: { path: flags.import, ...exportOptions(flags) },
        }),
      });
      await untilInterrupted();
      console.log('\nStopping …');
      await demo.stop();
      console.log('Stopped.');
    });
  return addExportOptions(command);
}
