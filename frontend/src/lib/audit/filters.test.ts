import { expect, test } from 'vitest';
import { auditFilter, dayBefore, isNarrowed, readDay } from './filters';

test('auditFilter takes whole days, the last one included', () => {
  const filter = auditFilter(new URLSearchParams('from=2026-11-20&to=2026-11-30'));
  expect(filter.from).toBe('2026-11-20T00:00:00.000Z');
  expect(filter.to).toBe('2026-12-01T00:00:00.000Z');
});

test('auditFilter leaves out what nobody could have chosen', () => {
  const filter = auditFilter(new URLSearchParams('action=user.create&action=nonsense&outcome=MAYBE&from=soon'));
  expect(filter).toMatchObject({ actions: ['user.create'], outcomes: null, from: null, actorId: null });
});

test('auditFilter asks what was done with one key', () => {
  expect(auditFilter(new URLSearchParams('key=key_1')).apiKeyId).toBe('key_1');
  expect(isNarrowed(new URLSearchParams('key=key_1'))).toBe(true);
});

test('readDay knows a day', () => {
  expect(readDay('2026-11-23')).toBe('2026-11-23');
  expect(readDay('2026-13-01')).toBeNull();
  expect(readDay(null)).toBeNull();
});

test('dayBefore crosses a month', () => {
  expect(dayBefore(new Date(2026, 10, 3), 6)).toBe('2026-10-28');
});

test('isNarrowed does not mistake a page for a filter', () => {
  expect(isNarrowed(new URLSearchParams('after=x'))).toBe(false);
  expect(isNarrowed(new URLSearchParams('who=user_1'))).toBe(true);
});
