import { can } from '$lib/state/session.svelte';

/** Whose whitelists they are: a user's own, or those that an access point asks of everyone. */
export interface WhitelistOwner {
  kind: 'User' | 'AccessPoint';
  id: string;
}

/** Whether the viewer has the permission to give the owner another whitelist. The server decides. */
export function mayGive({ kind }: WhitelistOwner): boolean {
  return can(kind === 'User' ? 'UPDATE_USER' : 'MANAGE_ACCESS_POINT');
}
