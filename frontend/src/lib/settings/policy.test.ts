import { expect, test } from 'vitest';
import { consequences, readBounded, readKeyDays, type Policy } from './policy';

const policy: Policy = { mfaForced: false, passwordMinLength: 12, sessionIdleMinutes: 60, sessionMaxHours: 24, apiKeyMaxLifetimeDays: null };

test('readBounded takes whole numbers within the bounds', () => {
  expect(readBounded('passwordMinLength', ' 16 ')).toBe(16);
  for (const typed of ['11', '129', '12.5', '1e2', '-12', '', 'many']) expect(readBounded('passwordMinLength', typed)).toBeNull();
});

test('consequences tells each field that changes, and nothing else', () => {
  expect(consequences(policy, policy)).toEqual([]);
  expect(consequences(policy, { mfaForced: true, passwordMinLength: 16, sessionIdleMinutes: 30, sessionMaxHours: 48, apiKeyMaxLifetimeDays: 90 })).toEqual([
    'forced',
    'longer',
    'idleShorter',
    'maxLonger',
  ]);
});

test('a life of keys is nothing, or a whole number of days', () => {
  expect(['', ' 90 ', '1', '3650'].map(readKeyDays)).toEqual([null, 90, 1, 3650]);
  for (const typed of ['0', '3651', '1.5', '-1', 'x']) expect(readKeyDays(typed)).toBeUndefined();
});
