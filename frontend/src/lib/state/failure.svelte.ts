import { describeError } from '$lib/api/describe';
import { ApiError } from '$lib/api/errors';
import { toast } from './toasts.svelte';

interface Payload {
  userErrors: readonly { message: string }[];
}

/** What an action outside a form was told; <FailureDialog> shows it until it is closed. */
export const failure = $state<{ messages: readonly string[]; requestId: string }>({ messages: [], requestId: '' });

/**
 * Does something that has no form, such as an entry of a menu. Answers the payload when it was done, else null; a dialog
 * then says why.
 */
export async function attempt<P extends Payload>(send: () => Promise<P | null | undefined>): Promise<P | null> {
  try {
    const payload = await send();
    if (!payload) throw new ApiError('INTERNAL');
    if (payload.userErrors.length === 0) return payload;
    failure.messages = payload.userErrors.map((error) => error.message);
  } catch (error) {
    showFailure(error);
  }
  return null;
}

/** Shows why something failed; a request that was cancelled needs no words, and one that was not confirmed is no error. */
export function showFailure(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'CANCELLED' || error.code === 'UNAUTHENTICATED' || error.code === 'MFA_REQUIRED') return;
  if (error.code === 'NOT_CONFIRMED') return toast(describeError(error));
  failure.messages = [describeError(error)];
  failure.requestId = error.requestId;
}
