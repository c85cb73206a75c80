import { t } from '$lib/i18n/index.svelte';
import type { PasskeyFailure } from './webauthn';

/** What a passkey was asked for. */
export type Purpose = 'signIn' | 'proof' | 'enrol';

/** What a person is told when no passkey came, and what they can do. Nothing where the page itself gave up asking. */
export function describeFailure(failure: PasskeyFailure, purpose: Purpose): string {
  switch (failure) {
    case 'CANCELLED':
      return '';
    case 'ALREADY_REGISTERED':
      return t('passkey.alreadyRegistered');
    case 'NOT_ALLOWED':
      return `${purpose === 'enrol' ? t('passkey.notMade') : t('passkey.notShown')} ${otherWay(purpose)}`;
    case 'UNSUPPORTED':
      return `${t('passkey.cannotVerify')} ${otherWay(purpose)}`;
    case 'FAILED':
      return `${t('passkey.failed')} ${otherWay(purpose)}`;
  }
}

function otherWay(purpose: Purpose): string {
  switch (purpose) {
    case 'signIn':
      return t('passkey.orPassword');
    case 'proof':
      return t('passkey.orOtherWay');
    case 'enrol':
      return t('passkey.orApp');
  }
}
