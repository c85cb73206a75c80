import { t } from '$lib/i18n/index.svelte';
import type { ApiError } from './errors';

/** What a person is told about a request that failed, and what they can do. */
export function describeError(error: ApiError): string {
  switch (error.code) {
    case 'NETWORK':
      return t('errors.network');
    case 'NOT_CONFIRMED':
      return t('auth.notConfirmed');
    case 'RATE_LIMITED':
      return t('errors.rateLimited', { count: Math.max(1, Math.ceil(error.retryAfter / 60)) });
    case 'FORBIDDEN':
      return t('errors.forbidden');
    case 'UNAUTHENTICATED':
      return t('errors.unauthenticated');
    case 'BAD_USER_INPUT':
      return t('errors.badInput');
    default:
      return t('errors.internal');
  }
}
