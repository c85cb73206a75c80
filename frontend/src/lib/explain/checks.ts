import type { DecisionPartsFragment } from '$lib/api/generated/graphql';

export type Check = DecisionPartsFragment['checks'][number];

/** How a check came out: those after the one that decided are told, but changed nothing. */
export type Outcome = 'passed' | 'decided' | 'alsoRefused';

export function outcomes(checks: readonly Check[]): Outcome[] {
  const decided = checks.findIndex(({ passed }) => !passed);
  return checks.map(({ passed }, at) => {
    if (passed) return 'passed';
    return at === decided ? 'decided' : 'alsoRefused';
  });
}

interface Named {
  id: string;
  name: string;
}

/**
 * The whitelists that a refused address is in none of. The server names them in one text, behind the address; `asked` are
 * the lists of each who asks some, among which they are found again for their IDs. Null where they are not to be seen.
 */
export function refusingLists(check: Check, asked: readonly (readonly Named[])[]): { lists: readonly Named[]; text: string } | null {
  const text = /^\S+ \((.*)\)$/.exec(check.detail)?.[1];
  if (text === undefined) return null;
  return { lists: asked.find((lists) => lists.map(({ name }) => name).join(', ') === text) ?? [], text };
}
