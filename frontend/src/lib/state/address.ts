/** What stands in the address of a list: its filters, its order and where its page stands. */

export type Changes = Record<string, string | readonly string[] | null>;

/** The address with some parameters changed. Whatever changes but the page itself starts again at the first page. */
export function changedAddress(url: URL, changes: Changes): string {
  const params = new URLSearchParams(url.search);
  if (!('after' in changes) && !('before' in changes)) {
    params.delete('after');
    params.delete('before');
  }
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) if (each !== '') params.append(name, each);
  }
  const query = params.toString();
  return query === '' ? url.pathname : `${url.pathname}?${query}`;
}

/** The keyset arguments of a connection, from the address. */
export type PageArguments = { first: number; after: string | null } | { last: number; before: string };

export function pageArguments(params: URLSearchParams, size = 25, prefix = ''): PageArguments {
  const before = params.get(`${prefix}before`);
  return before === null ? { first: size, after: params.get(`${prefix}after`) } : { last: size, before };
}

/** Those values of a parameter that are known; what somebody typed into the address is left out. */
export function chosen<T extends string>(params: URLSearchParams, name: string, known: readonly T[]): T[] {
  return params.getAll(name).filter((value): value is T => (known as readonly string[]).includes(value));
}
