import type { ApiErrorCode } from '$lib/api/errors';

declare global {
  namespace App {
    interface Error {
      message: string;
      code?: ApiErrorCode;
      requestId?: string;
      retryAfter?: number;
    }
  }
}
