import { redirect } from '@sveltejs/kit';
import { loadViewer, signedIn, viewer, withReturn } from '$lib/state/session.svelte';
import type { LayoutLoad } from './$types';

/** For whoever has a session, also one that may do nothing but enrol. */
export const load: LayoutLoad = async ({ url, untrack }) => {
  const present = signedIn() ? viewer() : await loadViewer();
  if (!present) redirect(302, withReturn('/sign-in', untrack(() => url.pathname + url.search)));
};
