import { expect, test } from 'vitest';
import { coverage, letters, matching, missing, provenance } from './provenance';

const groups = [
  { code: 'GENERAL', name: 'General', permissions: [{ code: 'VIEW_PROCESS', name: 'View processes' }] },
  { code: 'HOSTS', name: 'Hosts', permissions: [{ code: 'VIEW_HOST', name: 'View hosts' }, { code: 'DELETE_HOST', name: 'Delete hosts' }] },
];
const support = { id: 'role_1', name: 'Support 3' };
const dns = { id: 'role_2', name: 'DNS automation' };
const origins = [
  { permission: 'VIEW_HOST', roles: [support, dns] },
  { permission: 'VIEW_PROCESS', roles: [support] },
];

test('each permission names the roles it comes from, and groups without any are left out', () => {
  const [general, hosts] = provenance(groups, [support, dns], origins);
  expect(general!.permissions).toMatchObject([{ code: 'VIEW_PROCESS', from: [{ letter: 'S' }] }]);
  expect(hosts!.permissions).toMatchObject([{ code: 'VIEW_HOST', from: [{ letter: 'S' }, { letter: 'D' }] }]);
  expect(provenance(groups, [dns], [{ permission: 'VIEW_HOST', roles: [dns] }]).map(({ code }) => code)).toEqual(['HOSTS']);
});

test('permissions are found by code and by name, and groups without a match are left out', () => {
  const proven = provenance(groups, [support, dns], origins);
  expect(matching(proven, ' view_h ').map(({ code }) => code)).toEqual(['HOSTS']);
  expect(matching(proven, 'Processes').map(({ code }) => code)).toEqual(['GENERAL']);
  expect(matching(proven, 'domain')).toEqual([]);
  expect(matching(proven, '')).toEqual(proven);
});

test.each([
  [['Support 3', 'DNS automation'], ['S', 'D']],
  [['Support 2', 'Support 3'], ['S2', 'S3']],
  [['Support', 'Support team'], ['Su', 'ST']],
  [['a b', 'a b'], ['1', '2']],
])('roles %j are told apart as %j', (names, expected) => {
  expect(letters(names.map((name) => ({ id: name, name }))).map(({ letter }) => letter)).toEqual(expected);
});

test('coverage counts what is held, missing names what is not', () => {
  const held = new Set(['VIEW_HOST']);
  expect(coverage(groups, held)).toEqual([
    { label: 'General', count: 0, total: 1 },
    { label: 'Hosts', count: 1, total: 2 },
  ]);
  expect(missing(groups, held)).toEqual([
    { name: 'General', permissions: ['View processes'] },
    { name: 'Hosts', permissions: ['Delete hosts'] },
  ]);
});
