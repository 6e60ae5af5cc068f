#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { exitCodes } from './cli-error.ts';
import { isDebugging } from './config.ts';
import { demoCommand } from './commands/demo-command.ts';
import { importCommand } from './commands/import-command.ts';
import { insightsCommand } from './commands/insights-command.ts';
import { loginCommand, logoutCommand } from './commands/login-command.ts';
import { queryCommand } from './commands/query-command.ts';
import { serveCommand } from './commands/serve-command.ts';

const { version, description } = z
  .object({ version: z.string(), description: z.string() })
  .parse(createRequire(import.meta.url)('#root/package.json'));

const program = new Command('wellpod')
  .description(description)
  .version(version)
  .addHelpText(
    'after',
    `
Exit codes: ${Object.entries(exitCodes)
      .map(([reason, code]) => `${code} ${reason}`)
      .join(', ')}.`,
  );

for (const command of [
  demoCommand(),
  serveCommand(),
  loginCommand(),
  logoutCommand(),
  importCommand(),
  queryCommand(),
  insightsCommand(),
])
  program.addCommand(command);

// Set on each: commander does not hand these settings down to commands added ready-made.
for (const command of [program, ...program.commands]) {
  command.exitOverride().showHelpAfterError('(--help says more)');
}

try {
  await program.parseAsync();
  // A pod connection that stays open for reuse must not keep a finished command alive.
  process.exit();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : exitCodes.usage);
  const { failureOf } = await import('./failure.ts');
  const { exitCode, line } = failureOf(error);
  process.stderr.write(`wellpod: ${line}\n`);
  if (isDebugging()) console.error(error);
  else if (exitCode === exitCodes.internal) console.error('WELLPOD_DEBUG=1 shows the details.');
  process.exit(exitCode);
}
