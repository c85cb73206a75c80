import { Form } from '$lib/api/form.svelte';
import {
  BeginTotpEnrolmentDocument,
  FinishTotpEnrolmentDocument,
  type BeginTotpEnrolmentMutation,
  type EnrolledPartsFragment,
} from '$lib/api/generated/graphql';
import { mutate } from '$lib/api/request';
import { t } from '$lib/i18n/index.svelte';

export type Begun = NonNullable<BeginTotpEnrolmentMutation['beginTotpEnrolment']>;

/** The enrolment of an authenticator app: a name, then a key to scan and the first code. */
export class TotpEnrolment {
  readonly nameForm = new Form('totp-name');
  readonly codeForm = new Form('totp-code');
  name = $state(t('enrol.app'));
  code = $state('');
  /** What is to be scanned, once the enrolment has begun. */
  begun = $state.raw<Begun | null>(null);

  /** Fetches the key. Answers whether it is there. */
  async begin(): Promise<boolean> {
    if (!(await this.nameForm.require({ name: this.name }))) return false;
    const send = async () => (await mutate(BeginTotpEnrolmentDocument, { input: { name: this.name } })).beginTotpEnrolment;
    this.begun = await this.nameForm.submit(send);
    this.code = '';
    return this.begun !== null;
  }

  /** Shows the first code. Answers null when it was wrong, or when the enrolment must begin again. */
  async finish(): Promise<EnrolledPartsFragment | null> {
    const challengeToken = this.begun?.challengeToken;
    if (!challengeToken || this.codeForm.busy || !(await this.codeForm.require({ code: this.code }))) return null;
    const input = { challengeToken, code: this.code };
    const finished = await this.codeForm.submit(async () => (await mutate(FinishTotpEnrolmentDocument, { input })).finishTotpEnrolment);
    if (this.codeForm.errors.some((error) => error.code === 'CHALLENGE_EXPIRED')) await this.#beginAgain();
    return finished;
  }

  async #beginAgain(): Promise<void> {
    this.begun = null;
    this.codeForm.errors = [];
    await this.nameForm.tell([{ path: '', message: t('enrol.expired'), code: 'CHALLENGE_EXPIRED' }]);
  }
}
