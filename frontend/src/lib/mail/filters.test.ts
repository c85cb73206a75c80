import { expect, test } from 'vitest';
import { mailFilter, tabAddress, tabAt } from './filters';

const params = (text: string) => new URLSearchParams(text);

test('what was not delivered is listed unless the address says otherwise', () => {
  expect(mailFilter(params(''))).toEqual({ states: ['WAITING', 'FAILED'] });
  expect(mailFilter(params('state=nonsense'))).toEqual({ states: ['WAITING', 'FAILED'] });
  expect(mailFilter(params('state=sent&user=user_1&after=x'))).toEqual({ states: ['SENT'], userIds: ['user_1'] });
});

test('a tab keeps the user and drops the page', () => {
  const url = new URL('https://gatehouse.example/mail?state=sent&user=user_1&after=x');
  expect(tabAddress(url, 'failed')).toBe('/mail?state=failed&user=user_1');
  expect(tabAddress(new URL('https://gatehouse.example/mail?state=sent'), 'undelivered')).toBe('/mail');
  expect(tabAt(params('state=failed'))).toBe('failed');
});
