import { ApiError } from '$lib/api/errors';
import { describeError } from '$lib/api/describe';
import {
  DeactivateUserDocument,
  ReactivateUserDocument,
  ResendWelcomeDocument,
  type UserPayloadPartsFragment,
  type UserRowFragment,
} from '$lib/api/generated/graphql';
import { queryClient } from '$lib/api/queryClient';
import { request } from '$lib/api/request';

export type BulkAction = 'deactivate' | 'reactivate' | 'resend';

/** A user for whom it was refused, and why. */
export interface Refused {
  user: UserRowFragment;
  message: string;
}

const send: Record<BulkAction, (id: string) => Promise<UserPayloadPartsFragment | null | undefined>> = {
  deactivate: async (id) => (await request(DeactivateUserDocument, { id })).data.deactivateUser,
  reactivate: async (id) => (await request(ReactivateUserDocument, { id })).data.reactivateUser,
  resend: async (id) => (await request(ResendWelcomeDocument, { id })).data.resendWelcome,
};

/** One action on many users, one after the other: each is a change of its own, and one that is refused does not stop the rest. Only a fresh proof that is not given does: it would be asked for again. */
export class Bulk {
  running = $state(false);
  done = $state(0);
  total = $state(0);

  /** Answers whom it was refused for. */
  async run(action: BulkAction, users: readonly UserRowFragment[]): Promise<Refused[]> {
    const refused: Refused[] = [];
    this.running = true;
    this.done = 0;
    this.total = users.length;
    try {
      let stopped: string | undefined;
      for (const user of users) {
        const message = stopped ?? (await refusal(action, user.id));
        if (message !== undefined) refused.push({ user, message });
        if (message === describeError(new ApiError('NOT_CONFIRMED'))) stopped = message;
        this.done++;
      }
    } finally {
      this.running = false;
      void queryClient.invalidateQueries();
    }
    return refused;
  }
}

async function refusal(action: BulkAction, id: string): Promise<string | undefined> {
  try {
    const payload = await send[action](id);
    return payload ? payload.userErrors[0]?.message : describeError(new ApiError('FORBIDDEN'));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return describeError(error);
  }
}
