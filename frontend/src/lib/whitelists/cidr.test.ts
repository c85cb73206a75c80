import { describe, expect, test } from 'vitest';
import { contains, extent, readEntry, type Prefix } from './cidr';

const read = (typed: string): Prefix => {
  const reading = readEntry(typed);
  if (reading.kind !== 'prefix') throw new Error(`${typed} is ${JSON.stringify(reading)}`);
  return reading.prefix;
};
const text = (typed: string) => {
  const reading = readEntry(typed);
  return reading.kind === 'prefix' ? reading.text : reading;
};

describe('readEntry', () => {
  test.each([
    ['192.0.2.17', '192.0.2.17/32'],
    [' 192.0.2.0/24 ', '192.0.2.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1/128'],
    ['2001:db8:7a:1200::/56', '2001:db8:7a:1200::/56'],
    ['::', '::/128'],
    ['1::', '1::/128'],
    ['::1', '::1/128'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7/128'],
    ['::ffff:192.0.2.17', '192.0.2.17/32'],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221/128'],
  ])('takes %s for %s', (typed, canonical) => {
    expect(text(typed)).toBe(canonical);
  });

  test('an empty line is no mistake', () => {
    expect(readEntry('  ')).toEqual({ kind: 'empty' });
  });

  test('offers the network and the address where host bits are set', () => {
    expect(readEntry('192.0.2.17/24')).toEqual({ kind: 'wrong', flaw: 'hostBits', fixes: ['192.0.2.0/24', '192.0.2.17'] });
    expect(readEntry('2001:db8::1/48')).toEqual({ kind: 'wrong', flaw: 'hostBits', fixes: ['2001:db8::/48', '2001:db8::1'] });
  });

  test('offers the length for a netmask, and the address without a port or a zone', () => {
    expect(readEntry('192.0.2.0/255.255.255.0')).toEqual({ kind: 'wrong', flaw: 'mask', fixes: ['192.0.2.0/24'] });
    expect(readEntry('192.0.2.17:443')).toEqual({ kind: 'wrong', flaw: 'port', fixes: ['192.0.2.17'] });
    expect(readEntry('[2001:db8::1]:443')).toEqual({ kind: 'wrong', flaw: 'port', fixes: ['2001:db8::1'] });
    expect(readEntry('fe80::1%eth0')).toEqual({ kind: 'wrong', flaw: 'zone', fixes: ['fe80::1'] });
  });

  test.each([
    ['::ffff:10.0.0.0/8', 'mapped', ['10.0.0.0/8', '10.0.0.0']],
    ['::ffff:10.1.2.3/8', 'mapped', ['10.0.0.0/8', '10.1.2.3']],
    ['::ffff:10.0.0.1/64', 'mapped', ['10.0.0.1']],
    ['::ffff:10.0.0.1/104', 'hostBits', ['10.0.0.0/8', '10.0.0.1']],
    ['::10.0.0.1', 'compatible', ['10.0.0.1']],
    ['10.0.0.1-10.0.0.9', 'range', []],
    ['10.0.0.0 – 10.0.0.255', 'range', ['10.0.0.0/24']],
    ['10.0.0.4-7', 'range', ['10.0.0.4/30']],
    ['10.0.0.9-10.0.0.1', 'range', []],
    ['2001:db8::1-2001:db8::9', 'range', []],
    ['10.0.0.*', 'wildcard', ['10.0.0.0/24']],
    ['10.*.*.*', 'wildcard', ['10.0.0.0/8']],
    ['300.*', 'unreadable', []],
    ['[2001:db8::1]', 'brackets', ['2001:db8::1']],
    ['[2001:db8::]/32', 'brackets', ['2001:db8::/32']],
    ['192.0.2', 'parts', ['192.0.2.0/24']],
    ['10/8', 'parts', ['10.0.0.0/8']],
    ['10.0/16', 'parts', ['10.0.0.0/16']],
    ['10.0.0.0/0.0.0.255', 'mask', ['10.0.0.0/24']],
    ['10.0.0.1, 10.0.0.2', 'several', []],
    ['10.0.0.0/24 2001:db8::/32', 'several', []],
  ])('says what to write in place of %s', (typed, flaw, fixes) => {
    expect(readEntry(typed)).toEqual({ kind: 'wrong', flaw, fixes });
  });

  test.each([
    ['192.0.2.0/33', 'length'],
    ['2001:db8::/129', 'length'],
    ['192.0.2.0/', 'length'],
    ['192.0.2.0/024', 'length'],
    ['192.0.2.0/255.0.255.0', 'length'],
    ['192.0.02.1', 'leadingZero'],
    ['192.0.2.256', 'unreadable'],
    ['2001:db8', 'unreadable'],
    ['1::2::3', 'unreadable'],
    ['1:2:3:4:5:6:7:8::', 'unreadable'],
    ['1.2.3.4::', 'unreadable'],
    ['office', 'unreadable'],
    ['192.0.2.0/24/24', 'unreadable'],
  ])('refuses %s: %s', (typed, flaw) => {
    expect(readEntry(typed)).toEqual({ kind: 'wrong', flaw, fixes: [] });
  });
});

test('extent counts addresses, and networks of 64 bits in wide IPv6 prefixes', () => {
  expect(extent(read('192.0.2.17'))).toEqual({ unit: 'addresses', count: 1 });
  expect(extent(read('192.0.2.0/24'))).toEqual({ unit: 'addresses', count: 256 });
  expect(extent(read('2001:db8:7a:1200::/56'))).toEqual({ unit: 'networks', count: 256 });
  expect(extent(read('2001:db8::/64'))).toEqual({ unit: 'networks', count: 1 });
  expect(extent(read('2001:db8::/120'))).toEqual({ unit: 'addresses', count: 256 });
});

describe('contains', () => {
  test('asks only the bits of the prefix', () => {
    expect(contains(read('192.0.2.0/24'), '192.0.2.255')).toBe(true);
    expect(contains(read('192.0.2.0/24'), '192.0.3.0')).toBe(false);
    expect(contains(read('2001:db8::/32'), '2001:db8:ffff::1')).toBe(true);
  });
  test('takes an IPv4-mapped address for IPv4, and never one family for the other', () => {
    expect(contains(read('192.0.2.0/24'), '::ffff:192.0.2.9')).toBe(true);
    expect(contains(read('::/0'), '192.0.2.9')).toBe(false);
    expect(contains(read('0.0.0.0/0'), '2001:db8::1')).toBe(false);
  });
});
