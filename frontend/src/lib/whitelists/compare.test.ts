import { expect, test } from 'vitest';
import { compareEntries } from './compare';

test('compareEntries tells what came and went, not how it is written', () => {
  const before = [{ cidr: '192.0.2.7/32' }, { cidr: '2001:db8::/48' }];
  const after = [{ cidr: '192.0.2.7' }, { cidr: '198.51.100.0/24' }, { cidr: 'half' }];
  expect(compareEntries(before, after)).toEqual({ added: ['198.51.100.0/24'], removed: ['2001:db8::/48'] });
});
