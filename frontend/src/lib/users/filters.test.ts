import { describe, expect, test } from 'vitest';
import { isNarrowed, savedAddress, savedAt, statusChosen, userFilter, userOrder } from './filters';

const now = Date.parse('2026-11-23T15:30:00Z');
const params = (text: string) => new URLSearchParams(text);

describe('userFilter', () => {
  test('asks for nothing that the address does not say', () => {
    expect(userFilter(params(''), now)).toEqual({});
  });
  test('leaves out what nobody offered', () => {
    expect(userFilter(params('kind=ROBOT&status=HAPPY&factor=maybe&unseen=7'), now)).toEqual({});
  });
  test('reads every filter', () => {
    expect(userFilter(params('q=jan&kind=API&status=ACTIVE&role=role_1&role=role_2&door=API&whitelist=wl_1&factor=no'), now)).toEqual({
      query: 'jan',
      kinds: ['API'],
      statuses: ['ACTIVE'],
      roleIds: ['role_1', 'role_2'],
      accessPoints: ['API'],
      whitelistIds: ['wl_1'],
      mfaEnrolled: false,
    });
  });
  test('asks the same all day for who was not seen', () => {
    const later = now + 5 * 60 * 60 * 1000;
    expect(userFilter(params('unseen=90'), now)).toEqual({ lastSignInBefore: '2026-08-25T00:00:00.000Z' });
    expect(userFilter(params('unseen=90'), later)).toEqual(userFilter(params('unseen=90'), now));
  });
  test('asks for locked users apart from the status', () => {
    expect(userFilter(params('status=LOCKED'), now)).toEqual({ locked: true });
  });
});

test('users come by name unless the address says otherwise', () => {
  expect(userOrder(params(''))).toEqual({ field: 'NAME', direction: 'ASC' });
  expect(userOrder(params('sort=LAST_SIGN_IN_AT&direction=DESC'))).toEqual({ field: 'LAST_SIGN_IN_AT', direction: 'DESC' });
  expect(userOrder(params('sort=password'))).toEqual({ field: 'NAME', direction: 'ASC' });
});

describe('saved filters', () => {
  const url = new URL('https://gatehouse.example/users?q=jan&role=role_1&after=x&sort=EMAIL&user=user_1');
  test('replace the filters and the page, and keep search and order', () => {
    expect(savedAddress(url, 'invited')).toBe('/users?status=INVITED&q=jan&sort=EMAIL');
    expect(savedAddress(new URL('https://gatehouse.example/users?after=x'), 'all')).toBe('/users');
  });
  test('are found again in the address, whatever the order of its parameters', () => {
    expect(savedAt(params('q=jan&after=x'))).toBe('all');
    expect(savedAt(params('factor=no&status=ACTIVE&kind=PERSONAL'))).toBe('noFactor');
    expect(savedAt(params('kind=PERSONAL&role=role_1'))).toBeUndefined();
  });
});

test('a list is narrowed by a filter or a search, not by its order or page', () => {
  expect(isNarrowed(params('sort=EMAIL&after=x&user=user_1'))).toBe(false);
  expect(isNarrowed(params('q=jan'))).toBe(true);
  expect(isNarrowed(params('door=API'))).toBe(true);
});

test('locked is chosen alone', () => {
  expect(statusChosen(['ACTIVE'], ['ACTIVE', 'LOCKED'])).toEqual(['LOCKED']);
  expect(statusChosen(['LOCKED'], ['LOCKED', 'INVITED'])).toEqual(['INVITED']);
  expect(statusChosen(['ACTIVE'], ['ACTIVE', 'INVITED'])).toEqual(['ACTIVE', 'INVITED']);
});
