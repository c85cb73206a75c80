import type { IconName } from '$lib/components/icons';
import type { MessageKey } from '$lib/i18n/index.svelte';

/** A page of the wall, or something to begin. Shown to whom holds any of the permissions; to everybody when there are none. */
export interface Destination {
  name: MessageKey;
  href: string;
  icon: IconName;
  permissions: readonly string[];
}

/** The pages of the application, in the order of the wall. */
export const pages: readonly Destination[] = [
  { name: 'home.title', href: '/', icon: 'house', permissions: [] },
  { name: 'users.title', href: '/users', icon: 'users-round', permissions: ['VIEW_USER'] },
  { name: 'roles.title', href: '/roles', icon: 'shield-check', permissions: ['VIEW_ROLE'] },
  { name: 'keys.title', href: '/keys', icon: 'key-round', permissions: ['MANAGE_API_KEY'] },
  { name: 'access.title', href: '/access-points', icon: 'door-open', permissions: ['VIEW_USER', 'MANAGE_ACCESS_POINT'] },
  { name: 'whitelists.title', href: '/whitelists', icon: 'globe-lock', permissions: ['VIEW_WHITELIST'] },
  { name: 'mail.title', href: '/mail', icon: 'mail', permissions: ['VIEW_USER'] },
  { name: 'audit.title', href: '/audit', icon: 'scroll-text', permissions: ['VIEW_AUDIT'] },
  { name: 'settings.title', href: '/settings', icon: 'settings', permissions: ['MANAGE_ACCOUNT'] },
];

/** What can be begun from anywhere. */
export const beginnings: readonly Destination[] = [
  { name: 'newUser.title', href: '/users/new', icon: 'user-plus', permissions: ['CREATE_USER'] },
  { name: 'roles.newTitle', href: '/roles/new', icon: 'plus', permissions: ['CREATE_ROLE'] },
  { name: 'access.newTitle', href: '/access-points/new', icon: 'plus', permissions: ['MANAGE_ACCESS_POINT'] },
  { name: 'whitelists.newTitle', href: '/whitelists/new', icon: 'plus', permissions: ['MANAGE_WHITELIST'] },
  { name: 'profile.title', href: '/profile', icon: 'user', permissions: [] },
];

/** Whether an address belongs to a page of the wall: Home is itself alone, the others hold what lies below them. */
export function holds(page: Destination, pathname: string): boolean {
  return pathname === page.href || (page.href !== '/' && pathname.startsWith(`${page.href}/`));
}
