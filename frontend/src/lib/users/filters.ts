import type { UserFilter, UserKind, UserOrder, UserOrderField, UserStatus } from '$lib/api/generated/graphql';
import { chosen } from '$lib/state/address';

/** What the list of users can be narrowed by, as it stands in the address. LOCKED is asked alone. */
export type StatusChoice = UserStatus | 'LOCKED';

export const statusChoices: readonly StatusChoice[] = ['ACTIVE', 'INVITED', 'LOCKED', 'DEACTIVATED'];
export const unseenChoices = ['30', '90', '180', '365'] as const;
export const factorChoices = ['yes', 'no'] as const;

const kinds: readonly UserKind[] = ['PERSONAL', 'API'];
const fields: readonly UserOrderField[] = ['LOGIN_NAME', 'NAME', 'EMAIL', 'CREATED_AT', 'LAST_SIGN_IN_AT'];
/** Parameters of the address that narrow the list; the search stands beside them. */
const narrowing = ['kind', 'status', 'role', 'door', 'factor', 'whitelist', 'unseen'];

/** The changes of the address that take every filter and the search away. */
export const cleared = Object.fromEntries(['q', ...narrowing].map((name) => [name, null]));

/** The saved filters, by name, each as the parameters that make it. */
export const savedFilters = {
  all: '',
  people: 'kind=PERSONAL',
  applications: 'kind=API',
  noFactor: 'kind=PERSONAL&status=ACTIVE&factor=no',
  unseen: 'kind=PERSONAL&status=ACTIVE&unseen=90',
  invited: 'status=INVITED',
  locked: 'status=LOCKED',
  deactivated: 'status=DEACTIVATED',
} as const;
export type SavedFilter = keyof typeof savedFilters;

/** The filter of the query; `now` in milliseconds. */
export function userFilter(params: URLSearchParams, now: number): UserFilter {
  const statuses = chosen(params, 'status', statusChoices);
  const [factor] = chosen(params, 'factor', factorChoices);
  const [unseen] = chosen(params, 'unseen', unseenChoices);
  const live = statuses.filter((status) => status !== 'LOCKED');
  return {
    ...some('query', params.get('q')?.slice(0, 120)),
    ...some('kinds', chosen(params, 'kind', kinds)),
    ...some('statuses', live),
    ...some('roleIds', params.getAll('role')),
    ...some('accessPoints', params.getAll('door')),
    ...some('whitelistIds', params.getAll('whitelist')),
    ...(statuses.includes('LOCKED') ? { locked: true } : {}),
    ...(factor ? { mfaEnrolled: factor === 'yes' } : {}),
    ...(unseen ? { lastSignInBefore: daysAgo(Number(unseen), now) } : {}),
  };
}

/** What the list is sorted by: by name unless the address says otherwise. */
export function userOrder(params: URLSearchParams): UserOrder {
  const [field = 'NAME'] = chosen(params, 'sort', fields);
  return { field, direction: params.get('direction') === 'DESC' ? 'DESC' : 'ASC' };
}

/** The address of a saved filter: it replaces what narrows the list, and keeps search and order. */
export function savedAddress(url: URL, name: SavedFilter): string {
  const params = new URLSearchParams(savedFilters[name]);
  for (const kept of ['q', 'sort', 'direction']) {
    const value = url.searchParams.get(kept);
    if (value) params.set(kept, value);
  }
  return params.size === 0 ? url.pathname : `${url.pathname}?${params}`;
}

/** Which saved filter the list stands at, if any. */
export function savedAt(params: URLSearchParams): SavedFilter | undefined {
  const here = key(params);
  return (Object.keys(savedFilters) as SavedFilter[]).find((name) => key(new URLSearchParams(savedFilters[name])) === here);
}

/** Whether the list is narrowed, by a filter or by the search. */
export function isNarrowed(params: URLSearchParams): boolean {
  return key(params) !== '' || params.has('q');
}

/** LOCKED stands for itself alone: locked users are active ones. */
export function statusChosen(before: readonly StatusChoice[], after: readonly StatusChoice[]): StatusChoice[] {
  if (!after.includes('LOCKED')) return [...after];
  return before.includes('LOCKED') ? after.filter((status) => status !== 'LOCKED') : ['LOCKED'];
}

/** The start of a day, so that the question is the same all day and the answer can be kept. */
export function daysAgo(days: number, now: number): string {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - days);
  return day.toISOString();
}

function key(params: URLSearchParams): string {
  return narrowing.flatMap((name) => params.getAll(name).toSorted().map((value) => `${name}=${value}`)).join('&');
}

function some<K extends string, V extends string | readonly unknown[]>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined || value.length === 0 ? {} : ({ [name]: value } as Record<K, V>);
}
