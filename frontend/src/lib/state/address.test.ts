import { describe, expect, test } from 'vitest';
import { changedAddress, chosen, pageArguments } from './address';

const url = new URL('https://gatehouse.example/users?q=jan&status=ACTIVE&after=abc');

describe('changedAddress', () => {
  test('starts again at the first page when a filter changes', () => {
    expect(changedAddress(url, { status: ['INVITED', 'ACTIVE'] })).toBe('/users?q=jan&status=INVITED&status=ACTIVE');
  });
  test('keeps the filters when the page changes', () => {
    expect(changedAddress(url, { after: null, before: 'def' })).toBe('/users?q=jan&status=ACTIVE&before=def');
  });
  test('leaves nothing behind of what was cleared', () => {
    expect(changedAddress(url, { q: '', status: [] })).toBe('/users');
  });
});

describe('pageArguments', () => {
  test('go forward from a cursor, or from the start', () => {
    expect(pageArguments(url.searchParams)).toEqual({ first: 25, after: 'abc' });
    expect(pageArguments(new URLSearchParams(), 10)).toEqual({ first: 10, after: null });
  });
  test('go back from a cursor', () => {
    expect(pageArguments(new URLSearchParams('before=x'))).toEqual({ last: 25, before: 'x' });
  });
});

test('chosen leaves out what nobody offered', () => {
  expect(chosen(new URLSearchParams('s=ACTIVE&s=UNKNOWN'), 's', ['ACTIVE', 'INVITED'])).toEqual(['ACTIVE']);
});
