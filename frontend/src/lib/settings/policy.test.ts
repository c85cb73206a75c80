import { expect, test } from 'vitest';
import { consequences, readBounded, type Policy } from './policy';

const policy: Policy = { mfaForced: false, passwordMinLength: 12, sessionIdleMinutes: 60, sessionMaxHours: 24 };

test('readBounded takes whole numbers within the bounds', () => {
  expect(readBounded('passwordMinLength', ' 16 ')).toBe(16);
  for (const typed of ['11', '129', '12.5', '1e2', '-12', '', 'many']) expect(readBounded('passwordMinLength', typed)).toBeNull();
});

test('consequences tells each field that changes, and nothing else', () => {
  expect(consequences(policy, policy)).toEqual([]);
  expect(consequences(policy, { mfaForced: true, passwordMinLength: 16, sessionIdleMinutes: 30, sessionMaxHours: 48 })).toEqual([
    'forced',
    'longer',
    'idleShorter',
    'maxLonger',
  ]);
});

test('a policy says how long new keys live then, or that they need no end', () => {
  const told = (before: number | null, after: number | null) =>
    consequences({ ...policy, apiKeyMaxLifetimeDays: before }, { ...policy, apiKeyMaxLifetimeDays: after });
  expect(told(null, 90)).toEqual(['keysShorter']);
  expect(told(90, 180)).toEqual(['keysLonger']);
  expect(told(90, null)).toEqual(['keysForEver']);
  expect(told(null, null)).toEqual([]);
});
