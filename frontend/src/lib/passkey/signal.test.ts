import { expect, test } from 'vitest';
import { userHandle } from './signal';

test('the user handle is the ID in base64url, without padding', () => {
  expect(userHandle('user_01HZX8')).toBe(Buffer.from('user_01HZX8').toString('base64url'));
  expect(userHandle('user_~~?')).toBe(Buffer.from('user_~~?').toString('base64url'));
});
