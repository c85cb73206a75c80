import { readEntry } from './cidr';

interface Entry {
  cidr: string;
}

/** The prefixes that came and went, however they are written. What cannot be read is in neither. */
export function compareEntries(before: readonly Entry[], after: readonly Entry[]): { added: string[]; removed: string[] } {
  const [was, is] = [prefixes(before), prefixes(after)];
  return { added: [...is].filter((prefix) => !was.has(prefix)), removed: [...was].filter((prefix) => !is.has(prefix)) };
}

function prefixes(entries: readonly Entry[]): Set<string> {
  return new Set(
    entries.flatMap(({ cidr }) => {
      const reading = readEntry(cidr);
      return reading.kind === 'prefix' ? [reading.text] : [];
    }),
  );
}
