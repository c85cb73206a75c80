import { describe, expect, test } from 'vitest';
import { isNarrowed, keyFilter, savedAddress, savedAt } from './filters';

const now = Date.parse('2026-11-24T15:30:00Z');
const params = (text: string) => new URLSearchParams(text);

describe('keyFilter', () => {
  test('asks for nothing that the address does not say, nor for what nobody offered', () => {
    expect(keyFilter(params(''), now)).toEqual({});
    expect(keyFilter(params('status=HAPPY&expires=31&unused=1'), now)).toEqual({});
  });
  test('asks for what ends soon among keys that can still be used', () => {
    expect(keyFilter(params('expires=30'), now)).toMatchObject({ statuses: ['ACTIVE'] });
    const ends = Date.parse(keyFilter(params('expires=30'), now).expiresBefore!);
    expect(Math.round((ends - now) / 86_400_000)).toBeLessThanOrEqual(30);
    expect(ends - now).toBeGreaterThan(28 * 86_400_000);
  });
  test('reads every filter', () => {
    const filter = keyFilter(params('user=user_1&status=REVOKED&unused=90'), now);
    expect(filter).toMatchObject({ userIds: ['user_1'], statuses: ['REVOKED'] });
    expect(Date.parse(filter.lastUsedBefore!)).toBeLessThan(now - 89 * 86_400_000);
  });
});

describe('saved filters', () => {
  test('replace the filters and the page, and keep the user', () => {
    const url = new URL('https://gatehouse.example/keys?user=user_1&status=REVOKED&after=x');
    expect(savedAddress(url, 'expiring')).toBe('/keys?status=ACTIVE&expires=30&user=user_1');
    expect(savedAddress(new URL('https://gatehouse.example/keys?after=x'), 'all')).toBe('/keys');
  });
  test('are found again in the address', () => {
    expect(savedAt(params('user=user_1&after=x'))).toBe('all');
    expect(savedAt(params('status=REVOKED&status=EXPIRED'))).toBe('ended');
    expect(savedAt(params('status=REVOKED'))).toBeUndefined();
  });
});

test('a list is narrowed by a filter, not by its page', () => {
  expect(isNarrowed(params('after=x'))).toBe(false);
  expect(isNarrowed(params('user=user_1'))).toBe(true);
});
