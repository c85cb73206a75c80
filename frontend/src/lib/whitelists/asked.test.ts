import { describe, expect, test } from 'vitest';
import { covers, holds, shutsOut } from './asked';

const office = { id: 'wl_1', entries: [{ cidr: '192.0.2.0/24' }] };
const home = { id: 'wl_2', entries: [{ cidr: '2001:db8::/48' }] };

test('holds finds an address in any prefix, and overlooks what is half typed', () => {
  expect(holds([{ cidr: '192.0.' }, { cidr: '192.0.2.0/24' }], '192.0.2.7')).toBe(true);
  expect(holds([{ cidr: '192.0.' }], '192.0.2.7')).toBe(false);
});

describe('shutsOut', () => {
  test('when no list that is asked holds the address any more', () => {
    expect(shutsOut([office], 'wl_1', [{ cidr: '198.51.100.0/24' }], '192.0.2.7')).toBe(true);
  });
  test('not while the list itself or another one holds it', () => {
    expect(shutsOut([office], 'wl_1', [{ cidr: '192.0.2.7' }], '192.0.2.7')).toBe(false);
    expect(shutsOut([office, home], 'wl_1', [{ cidr: '198.51.100.0/24' }], '2001:db8::7')).toBe(false);
  });
  test('never by a list that is not asked', () => {
    expect(shutsOut([home], 'wl_1', [], '192.0.2.7')).toBe(false);
    expect(shutsOut([], 'wl_1', [], '192.0.2.7')).toBe(false);
  });
});

test('covers holds all of a prefix, not a part of it', () => {
  expect(covers([{ cidr: '192.0.2.0/24' }], '192.0.2.7')).toBe(true);
  expect(covers([{ cidr: '2001:db8::/48' }], '2001:db8:0:1::/64')).toBe(true);
  expect(covers([{ cidr: '2001:db8:0:1::/128' }], '2001:db8:0:1::/64')).toBe(false);
  expect(covers([{ cidr: '198.51.100.0/24' }], '192.0.2.7')).toBe(false);
});
