import type { QueryFlags } from '../actions/query.ts';
import { Command } from 'commander';
import { jsonOption } from '../options.ts';

/** `wellpod query`: SPARQL over all pods of who is logged in. */
export function queryCommand(): Command {
  return new Command('query')
    .description('ask all your pods a SPARQL query (SELECT or ASK)')
    .argument('[sparql]', 'the query; or name a file with --file')
    .option('--file <file>', 'read the query from a file')
    .option('--timeout <seconds>', 'give up after this long', '60')
    .addOption(jsonOption())
    .action(async (sparql: string | undefined, flags: QueryFlags) => {
      const { runQuery } = await import('../actions/query.ts');
      await runQuery(sparql, flags);
    });
}
