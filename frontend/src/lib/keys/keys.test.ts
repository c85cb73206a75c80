import { expect, test } from 'vitest';
import { allowedEnds, daysLeft, endOf } from './keys';

const now = Date.UTC(2026, 10, 24, 9);

test('an account that bounds the life of keys offers no more than that', () => {
  expect(allowedEnds(null)).toEqual(['30', '90', '365', 'NEVER', 'DATE']);
  expect(allowedEnds(90)).toEqual(['30', '90', 'DATE']);
  expect(allowedEnds(7)).toEqual(['DATE']);
});

test('an end is a moment, never, or wrong', () => {
  expect(endOf('30', '', now)).toBe('2026-12-24T09:00:00.000Z');
  expect(endOf('NEVER', '', now)).toBeNull();
  expect(Date.parse(endOf('DATE', '2027-01-31', now)!)).toBe(new Date(2027, 0, 31, 23, 59, 59).getTime());
  for (const date of ['', '2027', '2020-01-01']) expect(endOf('DATE', date, now)).toBeUndefined();
});

test('the days that are left are told when they are few', () => {
  expect(daysLeft(null, now)).toBeUndefined();
  expect(daysLeft('2027-01-01T00:00:00Z', now)).toBeUndefined();
  expect(daysLeft('2026-11-27T10:00:00Z', now)).toBe(3);
  expect(daysLeft('2026-11-24T10:00:00Z', now)).toBe(0);
});
