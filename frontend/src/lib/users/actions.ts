import { goto } from '$app/navigation';
import {
  ResendWelcomeDocument,
  UnlockUserDocument,
  type UserRowFragment,
} from '$lib/api/generated/graphql';
import { mutate } from '$lib/api/request';
import type { IconName } from '$lib/components/icons';
import type { MenuItem } from '$lib/components/menuItem';
import { t } from '$lib/i18n/index.svelte';
import { attempt } from '$lib/state/failure.svelte';
import { viewer } from '$lib/state/session.svelte';
import { toast } from '$lib/state/toasts.svelte';
import { guard, type Guard, type UserAction } from './guards';

/** An action on a user that a dialog asks about first. */
export type DialogAction = 'deactivate' | 'reactivate' | 'resetFactor' | 'setPassword' | 'forceFactor';

const icons: Record<Exclude<UserAction, 'endSession'>, IconName> = {
  edit: 'pencil',
  resend: 'send',
  unlock: 'lock-open',
  forceFactor: 'shield-check',
  resetFactor: 'smartphone',
  setPassword: 'key-round',
  deactivate: 'ban',
  reactivate: 'undo-2',
};

/** What the viewer may do to the user. */
export function guardOf(action: UserAction, user: UserRowFragment): Guard {
  const { user: self, permissions } = viewer();
  return guard(action, user, { id: self.id, permissions });
}

/** Why the viewer may not, for the `reason` of a button; nothing when they may. */
export function refusalOf(action: UserAction, user: UserRowFragment): string | undefined {
  const answer = guardOf(action, user);
  if (answer === 'allowed' || answer === 'hidden') return undefined;
  return answer === 'Own' && action === 'deactivate' ? t('users.refusedOwnDeactivate') : t(`users.refused${answer}`);
}

/** What stands in the menu of a user's page; `ask` opens the dialog of an action. */
export function userMenu(user: UserRowFragment, ask: (action: DialogAction) => void): MenuItem[] {
  return [
    ...entry('unlock', user, () => void unlock(user)),
    ...entry('resend', user, () => void resendWelcome(user)),
    ...entry('forceFactor', user, () => ask('forceFactor')),
    ...entry('resetFactor', user, () => ask('resetFactor')),
    ...entry('setPassword', user, () => ask('setPassword')),
  ];
}

/** The menu of a user's row: to the user, what stands in the menu there, and what has buttons there. */
export function rowMenu(user: UserRowFragment, ask: (action: DialogAction) => void): MenuItem[] {
  const href = `/users/${user.id}`;
  const last = [
    ...entry('reactivate', user, () => ask('reactivate')),
    ...entry('deactivate', user, () => ask('deactivate')),
  ];
  return [
    { label: t('users.openUser'), icon: 'user', href },
    ...entry('edit', user, () => void goto(`${href}/edit`)),
    ...userMenu(user, ask),
    ...(last.length > 0 ? [{ line: true } as const] : []),
    ...last,
  ];
}

function entry(action: keyof typeof icons, user: UserRowFragment, run: () => void): MenuItem[] {
  if (guardOf(action, user) === 'hidden') return [];
  const reason = refusalOf(action, user);
  return [{ label: t(`users.action_${action}`), icon: icons[action], reason, danger: action === 'deactivate' && !reason, run }];
}

export async function unlock(user: UserRowFragment): Promise<void> {
  const done = await attempt(async () => (await mutate(UnlockUserDocument, { id: user.id })).unlockUser);
  if (done) toast(t('users.done_unlock', { name: user.name }));
}

export async function resendWelcome(user: UserRowFragment): Promise<void> {
  const done = await attempt(async () => (await mutate(ResendWelcomeDocument, { id: user.id })).resendWelcome);
  if (done) toast(t('users.done_resend', { email: user.email }));
}
