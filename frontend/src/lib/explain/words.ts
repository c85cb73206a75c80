import { formatDate } from '$lib/i18n/format.svelte';
import { t } from '$lib/i18n/index.svelte';
import { can } from '$lib/state/session.svelte';
import { refusingLists, type Check } from './checks';

interface Named {
  id: string;
  name: string;
}

/** What the page knows beside a decision. */
export interface Surroundings {
  /** The address that was asked about. */
  ip: string;
  /** The whitelists of the user, the key and the access point, as far as they ask any. */
  asked: readonly (readonly Named[])[];
  /** Those of the user or the access point refuse nobody. */
  reportOnly: boolean;
}

/** What a check found, in words. The server tells it in names and addresses. */
export function saidOf(check: Check, around: Surroundings): string {
  const { kind, passed, detail } = check;
  switch (kind) {
    case 'SUBJECT_KNOWN':
      return passed ? detail : t('explain.unknown');
    case 'USER_ACTIVE':
      return t(`users.status${detail === 'INVITED' || detail === 'DEACTIVATED' ? detail : 'ACTIVE'}`);
    case 'KEY_NOT_REVOKED':
      return passed ? t('explain.notRevoked') : t('explain.revoked');
    case 'KEY_NOT_EXPIRED':
      if (detail === '') return t('explain.noEnd');
      return passed ? t('explain.until', { date: formatDate(detail) }) : t('explain.ended', { date: formatDate(detail) });
    case 'ACCESS_POINT':
      return passed ? t('explain.open', { door: detail }) : t('explain.shut', { door: detail });
    case 'IP':
      return passed ? addressPassed(detail, around) : addressRefused(check, around);
    case 'MFA':
      if (!passed) return t('explain.factorMissing');
      return detail === 'MFA' ? t('explain.factorShown') : t('explain.factorNotAsked');
    case 'PERMISSION':
      if (passed) return t('explain.granted', { role: /\((.*)\)$/.exec(detail)?.[1] ?? '' });
      return check.decidedBy?.__typename === 'ApiKey' ? t('explain.notOfKey') : t('explain.notGranted');
  }
}

/** An entry that holds the address has a length; the address alone stands where no list was asked, or none refuses. */
function addressPassed(detail: string, { asked, reportOnly }: Surroundings): string {
  if (detail.includes('/')) return t('explain.within', { list: detail });
  return reportOnly && asked.some((lists) => lists.length > 0) ? t('explain.reported') : t('explain.noList');
}

function addressRefused(check: Check, { asked }: Surroundings): string {
  const refusing = refusingLists(check, asked);
  return refusing ? t('explain.inNone', { lists: refusing.text }) : t('explain.inNoList');
}

/** Where what decided can be seen. The user and their keys stand on the page itself. */
export function hrefOf({ decidedBy }: Check): string | undefined {
  switch (decidedBy?.__typename) {
    case 'Role':
      return can('VIEW_ROLE') ? `/roles/${decidedBy.id}` : undefined;
    case 'Whitelist':
      return `/whitelists/${decidedBy.id}`;
    case 'AccessPoint':
      return can('VIEW_USER', 'MANAGE_ACCESS_POINT') ? `/access-points/${decidedBy.id}` : undefined;
    default:
      return undefined;
  }
}
