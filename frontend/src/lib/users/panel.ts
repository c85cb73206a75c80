import { changedAddress } from '$lib/state/address';

/** The address of the list with the panel of a user, or with none: the page of the list stays. */
export function panelAddress(url: URL, user: string | null): string {
  return changedAddress(url, { user, after: url.searchParams.get('after'), before: url.searchParams.get('before') });
}
