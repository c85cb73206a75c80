import type { KeyRowFragment } from '$lib/api/generated/graphql';
import type { MenuItem } from '$lib/components/menuItem';
import { language, t } from '$lib/i18n/index.svelte';
import { daysAway } from '$lib/i18n/when';
import { can, viewer } from '$lib/state/session.svelte';

/** What a dialog asks about first. */
export type DialogAction = 'rotate' | 'revoke';

/** "in 5 hours", "tomorrow", "in 9 days": until a key ends. */
export function formatUntil(time: string, now: number): string {
  const hours = (Date.parse(time) - now) / 3_600_000;
  if (hours >= 24) return relative(daysAway(Date.parse(time), now), 'day');
  return hours >= 1 ? relative(Math.floor(hours), 'hour') : relative(Math.max(1, Math.floor(hours * 60)), 'minute');
}

function relative(value: number, unit: 'day' | 'hour' | 'minute'): string {
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(value, unit);
}

/** What a key may do, in few words. */
export function mayWords({ restrictedTo }: Pick<KeyRowFragment, 'restrictedTo'>): string {
  if (!restrictedTo) return t('keys.allOfUser');
  return restrictedTo.length === 0 ? t('keys.mayNothing') : t('keys.permissionCount', { count: restrictedTo.length });
}

/** Where a user's keys are: the viewer's own in the profile, unless they may see users anyway. */
export function ownerHref(id: string): string {
  return id === viewer().user.id ? '/profile' : `/users/${id}`;
}

/** The trail of what was done with a key; undefined where the viewer may not see it. */
export function trailHref({ id, user }: Pick<KeyRowFragment, 'id' | 'user'>): string | undefined {
  return can('VIEW_AUDIT') || user.id === viewer().user.id ? `/audit?key=${id}` : undefined;
}

/** Why a key cannot be rotated, or undefined when it can. */
export function rotationRefused({ replacedBy }: Pick<KeyRowFragment, 'replacedBy'>): string | undefined {
  return replacedBy ? t('keys.rotatedAlready') : undefined;
}

/** The menu of a key's row; `ask` opens the dialog of an action. */
export function keyMenu(key: KeyRowFragment, ask: (action: DialogAction, key: KeyRowFragment) => void): MenuItem[] {
  const live = key.status === 'ACTIVE';
  const trail = trailHref(key);
  return [
    ...(live
      ? [
          { label: t('common.edit'), icon: 'pencil', href: `/keys/${key.id}` } as const,
          { label: t('keys.rotate'), icon: 'refresh-cw', reason: rotationRefused(key), run: () => ask('rotate', key) } as const,
        ]
      : [{ label: t('keys.keyFacts'), icon: 'key-round', href: `/keys/${key.id}` } as const]),
    ...(trail ? [{ label: t('keys.whatItDid'), icon: 'scroll-text', href: trail } as const] : []),
    ...(live ? [{ line: true } as const, { label: t('keys.revoke'), icon: 'ban', danger: true, run: () => ask('revoke', key) } as const] : []),
  ];
}
