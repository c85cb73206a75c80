import { replaceState } from '$app/navigation';
import { page } from '$app/state';

/**
 * The token of a mailed link, from the fragment of the address, which no browser sends to a server. It is taken out of the
 * address bar, so that it stays neither in the history nor on the screen. Empty when there is none. Call it in onMount.
 */
export function takeLinkToken(): string {
  const token = new URLSearchParams(page.url.hash.slice(1)).get('token') ?? '';
  if (token) replaceState(page.url.pathname + page.url.search, {});
  return token;
}
