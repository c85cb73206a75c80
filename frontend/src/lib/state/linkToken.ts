/**
 * The token of a mailed link, from the fragment of the address, which no browser sends to a server. It is taken out of the
 * address bar, so that it stays neither in the history nor on the screen. Empty when there is none. Call it in onMount.
 */
export function takeLinkToken(): string {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  // Not the router's replaceState: it does not run yet while the first page is being made.
  if (token) history.replaceState(history.state, '', location.pathname + location.search);
  return token;
}
