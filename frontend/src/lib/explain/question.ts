import type { AccessRequest, Assurance } from '$lib/api/generated/graphql';
import type { Changes } from '$lib/state/address';
import { readEntry } from '$lib/whitelists/cidr';

/** What is asked about a user, as it stands in the address of their page, so that an answer can be handed on. */
export interface Question {
  /** ID of a key; empty: the user in person. */
  key: string;
  /** Code of an access point. */
  through: string;
  from: string;
  /** Code of a permission; empty: only to come in. */
  to: string;
  shown: Shown;
}

/** What the session would have shown; empty: a second factor where the user has one. */
export type Shown = '' | Extract<Assurance, 'PASSWORD' | 'MFA'>;

/** The question of an address, or null where it asks nothing. */
export function readQuestion(params: URLSearchParams): Question | null {
  const [through, from] = [params.get('through') ?? '', params.get('from') ?? ''];
  if (through === '' || from === '') return null;
  const shown = params.get('shown');
  return {
    key: params.get('key') ?? '',
    through,
    from,
    to: params.get('to') ?? '',
    shown: shown === 'PASSWORD' || shown === 'MFA' ? shown : '',
  };
}

/** What changes in an address to ask a question; where the page's other lists stand is not touched. */
export function askedBy({ key, through, from, to, shown }: Question, now: URLSearchParams): Changes {
  return { key, through, from, to, shown: key === '' ? shown : '', after: now.get('after'), before: now.get('before') };
}

export function requestOf({ key, through, from, to, shown }: Question, userId: string): AccessRequest {
  return {
    subject: key === '' ? { userId } : { apiKeyId: key },
    accessPoint: through,
    ip: from,
    ...(to === '' ? {} : { permission: to }),
    ...(shown === '' || key !== '' ? {} : { assurance: shown }),
  };
}

/** Whether a text is one address, and no prefix. */
export function isAddress(text: string): boolean {
  return !text.includes('/') && readEntry(text).kind === 'prefix';
}

/** An address to ask about, from an entry that a whitelist could have: the first of an IPv6 network. */
export function addressOf(cidr: string): string {
  return cidr.split('/')[0]!;
}
