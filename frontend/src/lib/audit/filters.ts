import type { AuditEventFilter, AuditOutcome } from '$lib/api/generated/graphql';
import { chosen, type Changes } from '$lib/state/address';
import { actions } from './sentence';

export const outcomes: readonly AuditOutcome[] = ['SUCCEEDED', 'DENIED', 'FAILED'];

/** The address without what narrows the trail. */
export const cleared: Changes = { who: null, about: null, action: null, outcome: null, from: null, to: null, key: null };

/** The filter of the query. Days are those of the browser's time zone, the last one included. */
export function auditFilter(params: URLSearchParams): AuditEventFilter {
  const from = readDay(params.get('from'));
  const to = readDay(params.get('to'));
  return {
    actorId: params.get('who') || null,
    targetId: params.get('about') || null,
    apiKeyId: params.get('key') || null,
    actions: orNull(chosen(params, 'action', actions)),
    outcomes: orNull(chosen(params, 'outcome', outcomes)),
    from: from ? startOf(from, 0) : null,
    to: to ? startOf(to, 1) : null,
  };
}

export function isNarrowed(params: URLSearchParams): boolean {
  return Object.keys(cleared).some((name) => params.has(name));
}

/** A day as it stands in the address and in a date field, `2026-11-23`; null for what is none. */
export function readDay(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
}

/** The day so many days before a moment, in the browser's time zone. */
export function dayBefore(now: Date, days: number): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - days);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function startOf(day: string, daysLater: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

function orNull<T>(list: T[]): T[] | null {
  return list.length > 0 ? list : null;
}
