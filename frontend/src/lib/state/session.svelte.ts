import { goto } from '$app/navigation';
import { page } from '$app/state';
import { execute } from '$lib/api/client';
import { SignOutDocument, ViewerDocument, type ViewerPartsFragment } from '$lib/api/generated/graphql';
import { queryClient } from '$lib/api/queryClient';
import { isLanguage, setLanguage } from '$lib/i18n/index.svelte';
import { safeReturn } from './safeReturn';

export type Viewer = ViewerPartsFragment;

let current = $state.raw<Viewer | null>(null);
let present = $state(false);

/**
 * Who is signed in. Only within the groups (app) and (enrol), whose layouts see to it. Reactive. After signing out it is
 * still the one who was, for as long as their page is on the screen.
 */
export function viewer(): Viewer {
  if (!current) throw new Error('nobody has signed in');
  return current;
}

/** Whether somebody is signed in, as far as the page knows. Reactive. */
export function signedIn(): boolean {
  return present;
}

/** Whether the viewer has any of the permissions. For showing and hiding only: the server decides. Reactive. */
export function can(...permissions: string[]): boolean {
  return permissions.some((permission) => current?.permissions.includes(permission));
}

/** Asks the server who is signed in, and speaks their language. Throws ApiError. */
export async function loadViewer(): Promise<Viewer | null> {
  const { data } = await execute(ViewerDocument, {});
  await setViewer(data.viewer ?? null);
  return data.viewer ?? null;
}

/** Takes over what a step of signing in, an enrolment or a change of one's own name answered. */
export async function setViewer(next: Viewer | null): Promise<void> {
  if (!next || next.user.id !== current?.user.id) queryClient.clear();
  present = next !== null;
  if (!next) return;
  current = next;
  const language = next.user.language.toLowerCase();
  if (isLanguage(language)) await setLanguage(language);
}

/** After signing in: to the second factor that is forced, else to the page that was asked for. */
export async function enterApp(next: Viewer): Promise<void> {
  await setViewer(next);
  const wanted = safeReturn(page.url.searchParams.get('next'), page.url.origin);
  if (next.assurance === 'ENROLMENT_REQUIRED') await goto(withReturn('/enrol', wanted), { replaceState: true });
  else await goOnTo(wanted);
}

/** Signed in, but not let in to this page: on to the service that sent the person here, if one did. */
export async function enterService(): Promise<void> {
  const wanted = safeReturn(page.url.searchParams.get('next'), page.url.origin);
  if (isService(wanted)) await goOnTo(wanted);
}

/** To an address of this server: a page of the app, or the way back to a service. That never comes back here. */
export async function goOnTo(address: string): Promise<void> {
  if (!isService(address)) return goto(address, { replaceState: true });
  window.location.replace(address);
  return new Promise(() => {});
}

const isService = (address: string) => address.startsWith('/access/enter/');

/** To sign in, and afterwards back to this address. */
export async function enterSignIn(): Promise<void> {
  if (page.url.pathname === '/sign-in') return;
  await setViewer(null);
  const next = encodeURIComponent(page.url.pathname + page.url.search);
  await goto(`/sign-in?ended&next=${next}`, { replaceState: true });
}

/** To enrol a second factor, and afterwards back to this address. */
export async function enterEnrolment(): Promise<void> {
  if (page.url.pathname === '/enrol') return;
  await goto(withReturn('/enrol', page.url.pathname + page.url.search), { replaceState: true });
}

/** Ends the session and forgets everything that was read with it. Throws ApiError. */
export async function signOut(): Promise<void> {
  await execute(SignOutDocument, {});
  await setViewer(null);
  await goto('/sign-in?signed-out');
}

/** The address of a page that sends on to `back` when it is done. */
export function withReturn(path: string, back: string): string {
  return back === '/' ? path : `${path}?next=${encodeURIComponent(back)}`;
}
