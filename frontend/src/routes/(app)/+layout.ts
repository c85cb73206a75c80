import { redirect } from '@sveltejs/kit';
import { loadViewer, signedIn, viewer, withReturn } from '$lib/state/session.svelte';
import type { LayoutLoad } from './$types';

/** Nobody comes past without a session, nor with one that may only enrol a second factor. */
export const load: LayoutLoad = async ({ url, untrack }) => {
  const present = signedIn() ? viewer() : await loadViewer();
  const here = untrack(() => url.pathname + url.search);
  if (!present) redirect(302, withReturn('/sign-in', here));
  if (present.assurance === 'ENROLMENT_REQUIRED') redirect(302, withReturn('/enrol', here));
};
