import { ApiError } from '$lib/api/errors';
import { safeReturn } from '$lib/state/safeReturn';
import { goOnTo, loadViewer } from '$lib/state/session.svelte';
import type { PageLoad } from './$types';

/** Who is signed in already goes on to where they wanted to go. */
export const load: PageLoad = async ({ url }) => {
  if (await present()) await goOnTo(safeReturn(url.searchParams.get('next'), url.origin));
};

/** Whether there is a session. When that cannot be asked, the page stands there all the same and tells it at the first try. */
async function present(): Promise<boolean> {
  try {
    return (await loadViewer()) !== null;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}
