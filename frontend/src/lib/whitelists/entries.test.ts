import { describe, expect, test } from 'vitest';
import { readEntry } from './cidr';
import { doubledBy, entryInputs, entryLines, holdsAddress, pastedLines } from './entries';

const bare = (lines: { cidr: string; note: string }[]) => lines.map(({ cidr, note }) => [cidr, note]);

describe('pastedLines', () => {
  test('makes an entry of every line, with its note', () => {
    expect(bare(pastedLines('192.0.2.0/24 # Office\r\n\n2001:db8::/48\n198.51.100.7 Femke at home\n'))).toEqual([
      ['192.0.2.0/24', 'Office'],
      ['2001:db8::/48', ''],
      ['198.51.100.7', 'Femke at home'],
    ]);
  });
  test('takes commas and semicolons for ends of lines', () => {
    expect(bare(pastedLines('192.0.2.1, 192.0.2.2;192.0.2.3'))).toEqual([['192.0.2.1', ''], ['192.0.2.2', ''], ['192.0.2.3', '']]);
  });
});

test('the empty line at the end is not sent', () => {
  const lines = entryLines([{ cidr: ' 192.0.2.1 ', note: 'Office' }]);
  expect(lines).toHaveLength(2);
  expect(entryInputs(lines)).toEqual([{ cidr: '192.0.2.1', note: 'Office' }]);
});

test('a line doubles an earlier one that means the same', () => {
  const readings = ['192.0.2.1', '', '192.0.2.1/32'].map(readEntry);
  expect(doubledBy(readings, 2)).toBe(1);
  expect(doubledBy(readings, 0)).toBeNull();
});

test('holdsAddress leaves lines out that are not understood', () => {
  const lines = entryLines([{ cidr: '192.0.2.17/24' }, { cidr: '198.51.100.0/24' }]);
  expect(holdsAddress(lines, '198.51.100.3')).toBe(true);
  expect(holdsAddress(lines, '192.0.2.17')).toBe(false);
});
