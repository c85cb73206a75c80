import { execute } from '$lib/api/client';
import type { Form } from '$lib/api/form.svelte';
import { BeginPasskeySignInDocument, FinishPasskeySignInDocument, type SignInPartsFragment } from '$lib/api/generated/graphql';
import { offerPasskeys, passkeysInFieldSupported, showPasskey, type Outcome, type PasskeyFailure } from './webauthn';

/** A challenge of the server lives 5 minutes. One that waits in a field is replaced before. */
const fresh = 4 * 60_000;

/** A passkey that signs in, alone or as the second factor, or freshly proves who one is. What the server says goes to the form. */
export class PasskeyProof {
  /** The authenticator is being asked, or its answer looked at. */
  waiting = $state(false);
  /** Why the last try brought no passkey. */
  failure = $state<PasskeyFailure | null>(null);
  /** The server did not take one. From then on none is offered in the field: a device that chooses by itself would choose it for ever. */
  refused = $state(false);

  constructor(readonly form: Form) {}

  /** Asks for a passkey in a dialog: of the challenge's user, or without a challenge of whoever has one here. */
  async show(challengeToken?: string): Promise<SignInPartsFragment | null> {
    return this.#alone(async () => {
      const begun = await this.form.submit(() => begin(challengeToken));
      if (!begun?.challengeToken) return null;
      return this.#finish(begun.challengeToken, await showPasskey(begun.options));
    });
  }

  /**
   * Offers passkeys in the list of the login name field until `until` ends it. Nobody has asked for it, so whatever keeps
   * it from working is not told; what was chosen is answered for.
   */
  async offer(until: AbortSignal, onproven: (payload: SignInPartsFragment) => Promise<void>): Promise<void> {
    if (!(await passkeysInFieldSupported())) return;
    while (!until.aborted) {
      const begun = await begin().catch(() => null);
      if (!begun?.challengeToken || until.aborted) return;
      const { challengeToken } = begun;
      const outcome = await offerPasskeys(begun.options, AbortSignal.any([until, AbortSignal.timeout(fresh)]));
      if (!outcome.failure) {
        const payload = await this.#alone(() => this.#finish(challengeToken, outcome));
        if (payload) await onproven(payload);
        return;
      }
      if (outcome.failure !== 'CANCELLED') return;
      await seen();
    }
  }

  async #finish(challengeToken: string, { credential, failure }: Outcome): Promise<SignInPartsFragment | null> {
    if (failure) {
      this.failure = failure;
      return null;
    }
    const input = { challengeToken, credential };
    const payload = await this.form.submit(async () => (await execute(FinishPasskeySignInDocument, { input })).data.finishPasskeySignIn);
    this.refused = payload === null;
    return payload;
  }

  async #alone<T>(ask: () => Promise<T | null>): Promise<T | null> {
    if (this.waiting) return null;
    this.waiting = true;
    this.failure = null;
    try {
      return await ask();
    } finally {
      this.waiting = false;
    }
  }
}

async function begin(challengeToken?: string) {
  return (await execute(BeginPasskeySignInDocument, { input: challengeToken ? { challengeToken } : {} })).data.beginPasskeySignIn;
}

/** Resolves while somebody looks at the page: a forgotten tab does not ask the server for challenges all night. */
function seen(): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.visibilityState !== 'visible') return;
      document.removeEventListener('visibilitychange', look);
      resolve();
    };
    document.addEventListener('visibilitychange', look);
    look();
  });
}
