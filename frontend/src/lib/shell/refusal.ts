import type { AccessReason } from '$lib/api/generated/graphql';

/** Why somebody is turned away from a service, as the page of it tells: reasons that come to the same share their words. */
export type Refusal = Exclude<AccessReason, 'GRANTED' | 'KEY_REVOKED' | 'KEY_EXPIRED'> | 'KEY' | 'ENTRY_EXPIRED' | 'TOO_MANY_ENTRIES' | 'Other';

/** Besides those of a decision there are reasons of the way to a service itself. */
const refusals: Record<AccessReason | 'ENTRY_EXPIRED' | 'TOO_MANY_ENTRIES', Refusal> = {
  SUBJECT_UNKNOWN: 'SUBJECT_UNKNOWN',
  USER_INVITED: 'USER_INVITED',
  USER_DEACTIVATED: 'USER_DEACTIVATED',
  SESSION_ENDED: 'SESSION_ENDED',
  KEY_REVOKED: 'KEY',
  KEY_EXPIRED: 'KEY',
  ACCESS_POINT_NOT_ALLOWED: 'ACCESS_POINT_NOT_ALLOWED',
  IP_NOT_WHITELISTED: 'IP_NOT_WHITELISTED',
  MFA_REQUIRED: 'MFA_REQUIRED',
  PERMISSION_MISSING: 'PERMISSION_MISSING',
  ENTRY_EXPIRED: 'ENTRY_EXPIRED',
  TOO_MANY_ENTRIES: 'TOO_MANY_ENTRIES',
  GRANTED: 'Other', // nobody is turned away for it
};

/** Of the reason in an address, in which anybody may have written anything. */
export function refusalOf(reason: string | null): Refusal {
  return Object.hasOwn(refusals, reason ?? '') ? refusals[reason as keyof typeof refusals] : 'Other';
}

/** The code of an access point in an address; null for what can be none. */
export function doorOf(code: string | null): string | null {
  return /^[A-Z0-9_-]{2,40}$/.test(code ?? '') ? code : null;
}
