/** A day of a list that is sorted by time. */
export interface Day<T> {
  /** The time of its first entry. */
  at: string;
  entries: T[];
}

/** Entries by the days of the browser's time zone, in the order given. */
export function byDay<T extends { at: string }>(entries: readonly T[]): Day<T>[] {
  const days: Day<T>[] = [];
  for (const entry of entries) {
    const day = days.at(-1);
    if (day && new Date(day.at).toDateString() === new Date(entry.at).toDateString()) day.entries.push(entry);
    else days.push({ at: entry.at, entries: [entry] });
  }
  return days;
}
