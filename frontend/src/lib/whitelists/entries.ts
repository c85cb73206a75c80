import { contains, readEntry, type Reading } from './cidr';

/** A line of the editor. The key stays with the line while others come and go. */
export interface EntryLine {
  key: number;
  cidr: string;
  note: string;
}

let last = 0;

export function entryLine(cidr = '', note = ''): EntryLine {
  return { key: ++last, cidr, note };
}

/** The lines of a whitelist as it stands, with an empty one at the end to type into. */
export function entryLines(entries: readonly { cidr: string; note?: string }[] = []): EntryLine[] {
  return [...entries.map(({ cidr, note }) => entryLine(cidr, note)), entryLine()];
}

/** Those lines that hold something, in order: what is sent to the server. */
export function filledLines(lines: readonly EntryLine[]): EntryLine[] {
  return lines.filter((line) => line.cidr.trim() !== '' || line.note.trim() !== '');
}

export function entryInputs(lines: readonly EntryLine[]): { cidr: string; note: string }[] {
  return filledLines(lines).map(({ cidr, note }) => ({ cidr: cidr.trim(), note: note.trim() }));
}

/** Whether any line holds the address. */
export function holdsAddress(lines: readonly EntryLine[], ip: string): boolean {
  return lines.some((line) => {
    const reading = readEntry(line.cidr);
    return reading.kind === 'prefix' && contains(reading.prefix, ip);
  });
}

/** Number of the earlier line that says the same, counted from 1, or null. */
export function doubledBy(readings: readonly Reading[], at: number): number | null {
  const here = readings[at];
  if (here?.kind !== 'prefix') return null;
  const first = readings.findIndex((each) => each.kind === 'prefix' && each.text === here.text);
  return first < at ? first + 1 : null;
}

/**
 * What was pasted, a line an entry; commas and semicolons divide as well. What follows the address, after a space, is its
 * note: `192.0.2.0/24 # Office`.
 */
export function pastedLines(text: string): EntryLine[] {
  return text
    .split(/[\n\r,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [cidr = '', ...rest] = line.split(/\s+/);
      return entryLine(cidr, rest.join(' ').replace(/^(#|\/\/|-+)\s*/, ''));
    });
}
