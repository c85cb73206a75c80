import { expect, test } from 'vitest';
import { doorOf, refusalOf } from './refusal';

test('a reason has its own words, and what is none has general ones', () => {
  expect(refusalOf('IP_NOT_WHITELISTED')).toBe('IP_NOT_WHITELISTED');
  expect(refusalOf('KEY_EXPIRED')).toBe('KEY');
  expect(refusalOf('ENTRY_EXPIRED')).toBe('ENTRY_EXPIRED');
  for (const other of ['GRANTED', 'toString', '', null]) expect(refusalOf(other)).toBe('Other');
});

test('only what can be a code is shown as one', () => {
  expect(doorOf('PORTAL')).toBe('PORTAL');
  for (const other of ['Call 555-0100', 'x', '', null]) expect(doorOf(other)).toBeNull();
});
