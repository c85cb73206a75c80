import { describe, expect, test } from 'vitest';
import { failureOf, passkeysInFieldSupported, passkeysSupported } from './webauthn';

describe('failureOf', () => {
  test.each([
    ['NotAllowedError', 'NOT_ALLOWED'],
    ['InvalidStateError', 'ALREADY_REGISTERED'],
    ['NotSupportedError', 'UNSUPPORTED'],
    ['ConstraintError', 'UNSUPPORTED'],
    ['SecurityError', 'FAILED'],
    ['UnknownError', 'FAILED'],
  ])('takes the browser’s %s for %s', (name, failure) => {
    expect(failureOf(new DOMException('', name))).toBe(failure);
  });

  test('tells what the page took back, or let run out of time, from what the user closed', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(failureOf(controller.signal.reason)).toBe('CANCELLED');
    const { reason } = await new Promise<AbortSignal>((resolve) => {
      const signal = AbortSignal.timeout(0);
      signal.addEventListener('abort', () => resolve(signal));
    });
    expect(failureOf(reason)).toBe('CANCELLED');
  });

  test('takes options that cannot be read for a failure', () => {
    expect(failureOf(new TypeError('not base64url'))).toBe('FAILED');
  });
});

test('where there is no WebAuthn, passkeys are not offered', async () => {
  expect(passkeysSupported()).toBe(false);
  expect(await passkeysInFieldSupported()).toBe(false);
});
