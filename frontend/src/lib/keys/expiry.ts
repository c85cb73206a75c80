import { dayBefore, readDay } from '$lib/audit/filters';

/** When a key ends, as it is chosen: in so many days, on a day, as late as may be, never, or (of one that there is) as it is. */
export type Ends = 'keep' | '30' | '90' | '365' | 'longest' | 'date' | 'never';

const presets = ['30', '90', '365'] as const;
const day = 24 * 60 * 60 * 1000;
/** By so much the clocks of browser and server may differ before the latest end would be too late. */
const slack = 5 * 60 * 1000;
/** From here on a key is told to end soon, in days. */
const soon = 30;

/** What can be chosen in an account where a key lives at most so many days; null: for ever. */
export function endings(maxDays: number | null, existing = false): Ends[] {
  const within = presets.filter((days) => maxDays === null || Number(days) <= maxDays);
  const longest = maxDays !== null && !within.some((days) => Number(days) === maxDays);
  return [
    ...(existing ? (['keep'] as const) : []),
    ...within,
    ...(longest ? (['longest'] as const) : []),
    'date',
    ...(maxDays === null ? (['never'] as const) : []),
  ];
}

/** What a new key begins with: a year, or as long as may be. */
export function firstEnding(maxDays: number | null): Ends {
  return endings(maxDays).findLast((each) => each !== 'date' && each !== 'never') ?? 'date';
}

/** The moment that was chosen; null: never; undefined: no day was chosen yet. A day is over at midnight in the browser's time zone. */
export function endOf(ends: Exclude<Ends, 'keep'>, date: string, now: number, maxDays: number | null): string | null | undefined {
  const latest = maxDays === null ? Infinity : now + maxDays * day - slack;
  if (ends === 'never') return null;
  if (ends === 'longest') return new Date(latest).toISOString();
  if (ends !== 'date') return new Date(Math.min(now + Number(ends) * day, latest)).toISOString();
  if (readDay(date) === null) return undefined;
  const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
  const midnight = new Date(year, month - 1, dayOfMonth + 1).getTime();
  // Of the last day that may be, what is left of it; a later one is for the server to refuse.
  return new Date(midnight - latest < day ? Math.min(midnight, latest) : midnight).toISOString();
}

/** The first and the last day that can be chosen. */
export function daysToChoose(now: Date, maxDays: number | null): { first: string; last: string | undefined } {
  return { first: dayBefore(now, 0), last: maxDays === null ? undefined : dayBefore(now, -maxDays) };
}

/** Whether a key ends so soon that somebody should think of the next one. */
export function endsSoon(expiresAt: string | null | undefined, now: number): boolean {
  return expiresAt != null && Date.parse(expiresAt) - now < soon * day;
}

/** The end of the key that one is rotated into: it lives as long as the old one was given, within the account's maximum. */
export function endAfterRotation(key: { createdAt: string; expiresAt?: string | null }, now: number, maxDays: number | null): string | null {
  const given = key.expiresAt == null ? Infinity : now + Date.parse(key.expiresAt) - Date.parse(key.createdAt);
  const end = Math.min(given, maxDays === null ? Infinity : now + maxDays * day);
  return end === Infinity ? null : new Date(end).toISOString();
}
