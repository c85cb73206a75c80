import type { MailFilter, MailState } from '$lib/api/generated/graphql';
import { chosen, type Changes } from '$lib/state/address';

export const tabs = ['undelivered', 'failed', 'waiting', 'sent'] as const;
export type Tab = (typeof tabs)[number];

const states: Record<Tab, readonly MailState[]> = {
  undelivered: ['WAITING', 'FAILED'],
  failed: ['FAILED'],
  waiting: ['WAITING'],
  sent: ['SENT'],
};

/** The address without what narrows the list. */
export const cleared: Changes = { user: null };

/** Which tab the list stands at: what was not delivered, unless the address says otherwise. */
export function tabAt(params: URLSearchParams): Tab {
  return chosen(params, 'state', tabs)[0] ?? 'undelivered';
}

/** The address of a tab, about the same user. */
export function tabAddress(url: URL, tab: Tab): string {
  const params = new URLSearchParams(tab === 'undelivered' ? {} : { state: tab });
  const user = url.searchParams.get('user');
  if (user) params.set('user', user);
  return params.size === 0 ? url.pathname : `${url.pathname}?${params}`;
}

export function mailFilter(params: URLSearchParams): MailFilter {
  const user = params.get('user');
  return { states: [...states[tabAt(params)]], ...(user ? { userIds: [user] } : {}) };
}
