import type { ExportEntry } from './export/export-file.ts';
import { ImportError } from './import-error.ts';
import type { PersonData } from './person-data.ts';
import type { Connector } from './sources/connector.ts';

/** What one connector read of an export. */
export interface ExportPart {
  readonly connector: Connector;
  readonly files: readonly ExportEntry[];
  /** Everyone met in the files. */
  readonly people: readonly string[];
  readonly data: PersonData;
}

/** Whose data an import takes. */
export interface Choice {
  readonly person?: string;
  readonly kept: readonly ExportPart[];
  readonly passedOver: readonly ExportPart[];
}

/**
 * Settles whose data is meant when an export has several sources. A source with one person needs
 * no choice; with a choice, sources that hold only others are passed over.
 * @throws ImportError `IMPORT_PERSON_AMBIGUOUS`, `IMPORT_PERSON_UNKNOWN`.
 */
export function choosePerson(
  parts: readonly ExportPart[],
  person: string | undefined,
  exportName: string,
): Choice {
  const people = [...new Set(parts.flatMap((part) => part.people))].toSorted();
  if (person === undefined) {
    if (parts.some((part) => part.people.length > 1)) {
      throw new ImportError(
        'IMPORT_PERSON_AMBIGUOUS',
        `holds data of ${people.length} people. Choose one of ${list(people)}.`,
        { file: exportName, people },
      );
    }
    const [first] = parts.flatMap((part) => part.people);
    return { kept: parts, passedOver: [], ...(first === undefined ? {} : { person: first }) };
  }
  if (!people.includes(person)) {
    throw new ImportError(
      'IMPORT_PERSON_UNKNOWN',
      people.length === 0
        ? 'holds no data of anybody.'
        : `holds no data of that person. Choose one of ${list(people)}.`,
      { file: exportName, people },
    );
  }
  const isKept = (part: ExportPart): boolean =>
    part.people.includes(person) ||
    (part.people.length === 1 && part.connector.peopleBy === 'folder');
  return {
    person,
    kept: parts.filter(isKept),
    passedOver: parts.filter((part) => !isKept(part)),
  };
}

function list(people: readonly string[]): string {
  const most = 40;
  const more = people.length - most;
  return `${people.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
