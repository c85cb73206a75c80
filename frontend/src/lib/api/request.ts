import { enterEnrolment, enterSignIn } from '$lib/state/session.svelte';
import { stepUp } from '$lib/state/stepUp.svelte';
import { execute, type Answer } from './client';
import { ApiError } from './errors';
import type { TypedDocumentString } from './generated/graphql';
import { queryClient } from './queryClient';

/**
 * One operation of a signed-in viewer. Without a session they are sent to sign in and come back here; without a factor
 * that is forced, to enrol one. Where a fresh proof is required, a dialog asks for it and the operation is repeated;
 * closing the dialog gives NOT_CONFIRMED. A proof renews the session's cookie, so that a request under way with the old
 * one is refused: it is repeated, too.
 */
export async function request<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const proofs = stepUp.proofs;
  try {
    return await execute(document, variables, signal);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'STEP_UP_REQUIRED') {
      if (stepUp.proofs !== proofs || (await stepUp.ask())) return request(document, variables, signal);
      throw new ApiError('NOT_CONFIRMED');
    }
    if (error.code === 'UNAUTHENTICATED') {
      if (await stepUp.since(proofs)) return request(document, variables, signal);
      await enterSignIn();
    }
    if (error.code === 'MFA_REQUIRED') await enterEnrolment();
    throw error;
  }
}

/** A change. Whatever is on the screen is read again when it was made, so that nothing shown is older than the change. */
export async function mutate<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
  const { data, forbidden } = await request(document, variables);
  const root = Object.keys(data as object)[0];
  if (root !== undefined && forbidden.includes(root)) throw new ApiError('FORBIDDEN');
  void queryClient.invalidateQueries();
  return data;
}
