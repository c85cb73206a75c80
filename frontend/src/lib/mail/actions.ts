import { ResendMailDocument, type MailTopic } from '$lib/api/generated/graphql';
import { mutate } from '$lib/api/request';
import { t } from '$lib/i18n/index.svelte';
import { attempt } from '$lib/state/failure.svelte';
import { can } from '$lib/state/session.svelte';
import { toast } from '$lib/state/toasts.svelte';

interface Sent {
  id: string;
  topic: MailTopic;
  resendable: boolean;
}

/** Whether the viewer can have a mail sent again. The server decides. */
export function mayResend(mail: Sent, viewerCanManage: boolean): boolean {
  return mail.resendable && viewerCanManage && can(mail.topic === 'WELCOME' ? 'CREATE_USER' : 'UPDATE_USER');
}

export async function resend(mail: Sent): Promise<void> {
  const done = await attempt(async () => (await mutate(ResendMailDocument, { id: mail.id })).resendMail);
  if (done?.mail) toast(t('mail.done_resend', { email: done.mail.recipient }));
}
