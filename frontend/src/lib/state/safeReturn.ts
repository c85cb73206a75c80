/**
 * Where to go after signing in: `next` when it is a path of this origin, else Home. Anything else would let a link to the
 * sign-in page lead a person who has just signed in to a page of a stranger.
 */
export function safeReturn(next: string | null, origin: string): string {
  if (!next?.startsWith('/')) return '/';
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  if (url?.origin !== origin || url.pathname === '/sign-in') return '/';
  return url.pathname + url.search + url.hash;
}
