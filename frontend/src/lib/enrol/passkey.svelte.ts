import { Form } from '$lib/api/form.svelte';
import { BeginPasskeyEnrolmentDocument, FinishPasskeyEnrolmentDocument, type EnrolledPartsFragment } from '$lib/api/generated/graphql';
import { mutate } from '$lib/api/request';
import { createPasskey, type PasskeyFailure } from '$lib/passkey/webauthn';

/** The enrolment of a passkey: the browser asks where it is to be kept, and the server names it after that. */
export class PasskeyEnrolment {
  readonly form = new Form('passkey');
  /** The browser asks the user, or the server looks at the answer. */
  waiting = $state(false);
  /** Why the last try made no passkey. */
  failure = $state<PasskeyFailure | null>(null);

  /** Answers null when no passkey was made, or when the server did not take it. */
  async enrol(): Promise<EnrolledPartsFragment | null> {
    if (this.waiting) return null;
    this.waiting = true;
    this.failure = null;
    try {
      const begun = await this.form.submit(async () => (await mutate(BeginPasskeyEnrolmentDocument, { input: { name: '' } })).beginPasskeyEnrolment);
      return begun?.challengeToken ? await this.#finish(begun.challengeToken, begun.options) : null;
    } finally {
      this.waiting = false;
    }
  }

  async #finish(challengeToken: string, options: unknown): Promise<EnrolledPartsFragment | null> {
    const { credential, failure } = await createPasskey(options);
    if (failure) {
      this.failure = failure;
      return null;
    }
    const input = { challengeToken, credential };
    return this.form.submit(async () => (await mutate(FinishPasskeyEnrolmentDocument, { input })).finishPasskeyEnrolment);
  }
}
