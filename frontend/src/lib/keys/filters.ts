import type { ApiKeyFilter, ApiKeyStatus } from '$lib/api/generated/graphql';
import { chosen, type Changes } from '$lib/state/address';
import { daysAgo } from '$lib/users/filters';

export const statuses: readonly ApiKeyStatus[] = ['ACTIVE', 'EXPIRED', 'REVOKED'];
export const expiresChoices = ['7', '30', '90'] as const;
export const unusedChoices = ['30', '90', '180', '365'] as const;

const narrowing = ['user', 'status', 'expires', 'unused'];

/** The address without what narrows the list. */
export const cleared: Changes = Object.fromEntries(narrowing.map((name) => [name, null]));

/** The saved filters, by name, each as the parameters that make it. */
export const savedFilters = {
  all: '',
  live: 'status=ACTIVE',
  expiring: 'status=ACTIVE&expires=30',
  unused: 'status=ACTIVE&unused=90',
  ended: 'status=EXPIRED&status=REVOKED',
} as const;
export type SavedFilter = keyof typeof savedFilters;

/** The filter of the query; `now` in milliseconds. What ends or rests is asked of keys that can be used, unless the address says otherwise. */
export function keyFilter(params: URLSearchParams, now: number): ApiKeyFilter {
  const [expires] = chosen(params, 'expires', expiresChoices);
  const [unused] = chosen(params, 'unused', unusedChoices);
  const wanted = chosen(params, 'status', statuses);
  const user = params.get('user');
  return {
    ...(user ? { userIds: [user] } : {}),
    ...(wanted.length > 0 ? { statuses: wanted } : expires || unused ? { statuses: ['ACTIVE'] } : {}),
    ...(expires ? { expiresBefore: daysAgo(-Number(expires), now) } : {}),
    ...(unused ? { lastUsedBefore: daysAgo(Number(unused), now) } : {}),
  };
}

/** The address of a saved filter: it replaces what narrows the list, but for the user. */
export function savedAddress(url: URL, name: SavedFilter): string {
  const params = new URLSearchParams(savedFilters[name]);
  const user = url.searchParams.get('user');
  if (user) params.set('user', user);
  return params.size === 0 ? url.pathname : `${url.pathname}?${params}`;
}

/** Which saved filter the list stands at, if any. */
export function savedAt(params: URLSearchParams): SavedFilter | undefined {
  const here = key(params);
  return (Object.keys(savedFilters) as SavedFilter[]).find((name) => key(new URLSearchParams(savedFilters[name])) === here);
}

export function isNarrowed(params: URLSearchParams): boolean {
  return narrowing.some((name) => params.has(name));
}

function key(params: URLSearchParams): string {
  const names = narrowing.filter((name) => name !== 'user');
  return names.flatMap((name) => params.getAll(name).toSorted().map((value) => `${name}=${value}`)).join('&');
}
