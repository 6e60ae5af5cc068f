import { type Command, Option } from 'commander';
import type { ImportOptions } from '../connect/index.ts';
import { type TagReading, tagReadings } from '../connect/sources/connector.ts';

/** How an export is to be read: the same for every command that takes one. */
export interface ExportFlags {
  readonly person?: string;
  readonly timeZone?: string;
  readonly tags?: TagReading;
}

/** Adds the options of `ExportFlags` to a command. */
export function addExportOptions(command: Command): Command {
  return command
    .option('--person <id>', 'whose data to take, where the export holds several people')
    .option(
      '--time-zone <zone>',
      'zone of the times in the export, such as Europe/Brussels; this machine’s when absent',
    )
    .addOption(
      new Option(
        '--tags <meaning>',
        'what presses of the Empatica button are: moments, or in pairs the start and end of stress',
      ).choices(tagReadings),
    );
}

/** The flags as options of an import, absent where they were not given. */
export function exportOptions(
  flags: ExportFlags,
): Pick<ImportOptions, 'person' | 'timeZone' | 'tags'> {
  const { person, timeZone, tags } = flags;
  return {
    ...(person !== undefined && { person }),
    ...(timeZone !== undefined && { timeZone }),
    ...(tags !== undefined && { tags }),
  };
}
