import { contains, readEntry } from './cidr';

interface List {
  id: string;
  entries: readonly { cidr: string }[];
}

/** Whether an address lies within any of the entries. */
export function holds(entries: readonly { cidr: string }[], ip: string): boolean {
  return entries.some(({ cidr }) => {
    const reading = readEntry(cidr);
    return reading.kind === 'prefix' && contains(reading.prefix, ip);
  });
}

/** Whether all of an address or prefix lies within one of the entries. */
export function covers(entries: readonly { cidr: string }[], cidr: string): boolean {
  const sought = readEntry(cidr);
  if (sought.kind !== 'prefix') return false;
  const [first = ''] = sought.text.split('/');
  return entries.some((entry) => {
    const reading = readEntry(entry.cidr);
    return reading.kind === 'prefix' && reading.prefix.bits <= sought.prefix.bits && contains(reading.prefix, first);
  });
}

/**
 * Whether an address would be shut out once the list has these entries. `asked` are the lists that are asked together, such
 * as those of a user: one of them must hold the address. Where the list is not among them it shuts nobody out.
 */
export function shutsOut(asked: readonly List[], id: string, entries: readonly { cidr: string }[], ip: string): boolean {
  return asked.some((list) => list.id === id) && !asked.some((list) => holds(list.id === id ? entries : list.entries, ip));
}
