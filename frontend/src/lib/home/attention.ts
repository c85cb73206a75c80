import type { HomeOwnQuery, HomePeopleQuery } from '$lib/api/generated/graphql';
import { savedFilters } from '$lib/users/filters';

/** Something to look at: how many, who some of them are, and the list of them all. */
export interface Matter {
  kind: 'noFactor' | 'locked' | 'invited' | 'unseen' | 'ownFactor' | 'ownCodes';
  /** Null: too many to count. */
  count: number | null;
  names: string[];
  href: string;
  urgent: boolean;
}

/** From here on it is time for new recovery codes. */
const fewCodes = 3;

/** What needs the viewer, and what only they can put right of themselves. */
export function mattersOf(people: HomePeopleQuery | undefined, own: HomeOwnQuery | undefined): Matter[] {
  return [...ownMatters(own), ...listed(people, 'noFactor', true), ...listed(people, 'locked', true), ...listed(people, 'invited', false)];
}

/** What can wait. */
export function laterOf(people: HomePeopleQuery | undefined): Matter[] {
  return listed(people, 'unseen', false);
}

function ownMatters(own: HomeOwnQuery | undefined): Matter[] {
  const mfa = own?.viewer?.user.mfa;
  if (!mfa) return [];
  if (!mfa.enrolled) return [{ kind: 'ownFactor', count: 1, names: [], href: '/profile/second-factor', urgent: true }];
  if (mfa.recoveryCodesRemaining > fewCodes) return [];
  return [{ kind: 'ownCodes', count: mfa.recoveryCodesRemaining, names: [], href: '/profile', urgent: mfa.recoveryCodesRemaining === 0 }];
}

function listed(people: HomePeopleQuery | undefined, kind: 'noFactor' | 'locked' | 'invited' | 'unseen', urgent: boolean): Matter[] {
  const some = people?.[kind];
  if (!some || some.nodes.length === 0) return [];
  const names = some.nodes.map(({ name }) => name);
  return [{ kind, count: some.totalCount, names, href: `/users?${savedFilters[kind]}`, urgent }];
}
