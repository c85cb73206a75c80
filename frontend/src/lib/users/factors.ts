import type { UserKind } from '$lib/api/generated/graphql';

/** What is asked of a user to tell how it stands with second factors. */
export interface FactorHolder {
  kind: UserKind;
  lastSignInAt?: string | null;
  mfa: { enrolled: boolean; required: boolean; methods: readonly { __typename: FactorKind }[] };
}

/** As the API names a kind of second factor. */
export type FactorKind = 'Passkey' | 'TotpMethod';

/** How a user stands with second factors, in one word; `First` and `Next`: one is forced, and comes with that sign-in. */
export type FactorState = 'Keys' | 'Passkey' | 'Authenticator' | 'Both' | 'First' | 'Next' | 'None';

export function factorState({ kind, lastSignInAt, mfa }: FactorHolder): FactorState {
  if (kind === 'API') return 'Keys';
  const has = (wanted: FactorKind) => mfa.methods.some(({ __typename }) => __typename === wanted);
  if (has('Passkey')) return has('TotpMethod') ? 'Both' : 'Passkey';
  if (mfa.enrolled) return 'Authenticator';
  if (mfa.required) return lastSignInAt ? 'Next' : 'First';
  return 'None';
}
