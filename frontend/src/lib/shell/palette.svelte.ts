import type { FindAnythingQuery } from '$lib/api/generated/graphql';
import type { IconName } from '$lib/components/icons';
import { t } from '$lib/i18n/index.svelte';
import { plain } from '$lib/i18n/plain';
import { floating } from '$lib/state/chrome.svelte';
import { showFailure } from '$lib/state/failure.svelte';
import { can, signOut } from '$lib/state/session.svelte';
import { switchTheme } from '$lib/state/theme.svelte';
import { beginnings, pages, type Destination } from './pages';

/** Something that the palette offers: an address to go to, or something to do. */
export interface Option {
  id: string;
  label: string;
  hint?: string;
  icon?: IconName;
  user?: { id: string; name: string; kind: 'PERSONAL' | 'API'; status?: string };
  href?: string;
  run?: () => void;
}

export interface OptionGroup {
  label: string;
  options: Option[];
}

/** What matches a text, in groups; groups with nothing are left out. Without a text: all pages and actions. */
export function groupsFor(text: string, found: FindAnythingQuery | undefined): OptionGroup[] {
  const wanted = plain(text.trim());
  const matching = (options: Option[]) => options.filter((option) => plain(option.label).includes(wanted));
  const groups = [
    { label: t('users.title'), options: users(found) },
    { label: t('roles.title'), options: roles(found) },
    { label: t('shell.pages'), options: matching(pages.filter(allowed).map(destination)) },
    { label: t('shell.actions'), options: matching([...beginnings.filter(allowed).map(destination), ...deeds()]) },
  ];
  return groups.filter((group) => group.options.length > 0);
}

function users(found: FindAnythingQuery | undefined): Option[] {
  return (found?.users?.nodes ?? []).map((user) => ({
    id: user.id,
    label: user.name,
    hint: user.qualifiedName,
    user,
    href: `/users/${user.id}`,
  }));
}

function roles(found: FindAnythingQuery | undefined): Option[] {
  return (found?.roles?.nodes ?? []).map((role) => ({
    id: role.id,
    label: role.name,
    hint: role.description,
    icon: 'shield-check',
    href: `/roles/${role.id}`,
  }));
}

function deeds(): Option[] {
  return [
    { id: 'theme', label: t('shell.switchTheme'), icon: 'sun-moon', run: switchTheme },
    { id: 'help', label: t('shell.help'), icon: 'circle-question-mark', run: () => (floating.help = true) },
    { id: 'sign-out', label: t('shell.signOut'), icon: 'log-out', run: () => void signOut().catch(showFailure) },
  ];
}

function destination({ name, href, icon }: Destination): Option {
  return { id: href.replaceAll('/', '-'), label: t(name as 'home.title'), icon, href };
}

function allowed({ permissions }: Destination): boolean {
  return permissions.length === 0 || can(...permissions);
}
