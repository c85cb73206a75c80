import type { KeyPartsFragment } from '$lib/api/generated/graphql';

export type Key = KeyPartsFragment;

/** What was just made: the key itself, which is shown this once. */
export interface Made {
  description: string;
  secret: string;
  /** Codes of the access points where it may be shown. */
  doors: readonly string[];
}

/** How an end is chosen in a form. */
export const ends = ['30', '90', '365', 'NEVER', 'DATE'] as const;
export type End = (typeof ends)[number] | 'AS_IS';

/** Those that an account allows whose keys live at most so many days; null: for ever. */
export function allowedEnds(longest: number | null): End[] {
  if (longest === null) return [...ends];
  return ends.filter((end) => end === 'DATE' || (end !== 'NEVER' && Number(end) <= longest));
}

/** The moment of a chosen end; null: never, undefined: what was typed is no day from today on. */
export function endOf(end: Exclude<End, 'AS_IS'>, date: string, now: number): string | null | undefined {
  if (end === 'NEVER') return null;
  if (end !== 'DATE') return new Date(now + Number(end) * 86_400_000).toISOString();
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) return undefined;
  const last = new Date(year, month - 1, day, 23, 59, 59);
  return last.getTime() > now ? last.toISOString() : undefined;
}

/** Whole days until a key ends, while that is soon: 14 days, as the first mail says it. */
export function daysLeft(expiresAt: string | null, now: number): number | undefined {
  if (expiresAt === null) return undefined;
  const days = Math.floor((Date.parse(expiresAt) - now) / 86_400_000);
  return days < 14 ? Math.max(days, 0) : undefined;
}
