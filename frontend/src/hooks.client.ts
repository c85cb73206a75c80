import { ApiError } from '$lib/api/errors';
import type { HandleClientError } from '@sveltejs/kit';

/** What the error page is told when a page could not be loaded. */
export const handleError: HandleClientError = ({ error, message }) =>
  error instanceof ApiError ? { message, code: error.code, requestId: error.requestId, retryAfter: error.retryAfter } : { message };
