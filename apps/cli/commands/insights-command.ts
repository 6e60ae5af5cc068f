import type { InsightsFlags } from '../actions/insights.ts';
import { Command } from 'commander';
import { addExportOptions } from '../export-options.ts';
import { jsonOption } from '../options.ts';

/** `wellpod insights`: the figures of the pages, from all your pods or from a file alone. */
export function insightsCommand(): Command {
  const command = new Command('insights')
    .description('compute your insights from all your pods, or from an export file alone')
    .option(
      '--file <export>',
      'a file, zip or folder instead of your pods; nothing is written anywhere',
    )
    .option('--from <day>', 'first day, YYYY-MM-DD')
    .option('--to <day>', 'last day, YYYY-MM-DD')
    .addOption(jsonOption())
    .action(async (flags: InsightsFlags) => {
      const { runInsights } = await import('../actions/insights.ts');
      await runInsights(flags);
    });
  return addExportOptions(command);
}
