const maxParts = 12;
const maxPartLength = 200;

/** A browser's name for an uploaded file, kept for messages: relative, without dots and controls. */
export function harmlessPath(name: string): string {
  return name
    .split(/[/\\]/u)
    .map((part) => part.replaceAll(/\p{C}/gu, '').trim().slice(0, maxPartLength))
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .slice(-maxParts)
    .join('/');
}
