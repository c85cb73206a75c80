import { expect, test } from 'vitest';
import { outcomes, refusingLists, type Check } from './checks';

const check = (kind: Check['kind'], passed: boolean, detail = ''): Check => ({ kind, passed, detail, decidedBy: null });

test('the first check that fails decides, and later ones are told apart from it', () => {
  const checks = [check('SUBJECT_KNOWN', true), check('ACCESS_POINT', false), check('IP', true), check('PERMISSION', false)];
  expect(outcomes(checks)).toEqual(['passed', 'decided', 'passed', 'alsoRefused']);
});

test('lists that refused are found by their names, whatever these hold', () => {
  const office = { id: 'wl_1', name: 'Office, ground floor' };
  const home = { id: 'wl_2', name: 'Home (Jane)' };
  const refused = check('IP', false, '203.0.113.9 (Office, ground floor, Home (Jane))');
  expect(refusingLists(refused, [[home], [office, home]])).toEqual({ lists: [office, home], text: 'Office, ground floor, Home (Jane)' });
  expect(refusingLists(refused, []), 'a list that is not known stays a name').toEqual({ lists: [], text: 'Office, ground floor, Home (Jane)' });
  expect(refusingLists(check('IP', false, '203.0.113.9'), [[home]]), 'nor seen at all').toBeNull();
});
