import { describe, expect, test } from 'vitest';
import { firstProof, offeredProofs } from './proof';

describe('offeredProofs', () => {
  test('keeps the order of the server', () => {
    expect(offeredProofs(['TOTP', 'PASSKEY', 'RECOVERY_CODE'], true)).toEqual(['TOTP', 'PASSKEY', 'RECOVERY_CODE']);
  });
  test('leaves passkeys out where the browser has none, unless there is nothing else', () => {
    expect(offeredProofs(['PASSKEY', 'TOTP'], false)).toEqual(['TOTP']);
    expect(offeredProofs(['PASSKEY'], false)).toEqual(['PASSKEY']);
  });
});

describe('firstProof', () => {
  test('is what this browser showed last, when it is offered', () => {
    expect(firstProof(['PASSKEY', 'TOTP', 'RECOVERY_CODE'], 'TOTP')).toBe('TOTP');
    expect(firstProof(['PASSKEY', 'RECOVERY_CODE'], 'TOTP')).toBe('PASSKEY');
    expect(firstProof(['PASSWORD'], null)).toBe('PASSWORD');
  });
});
