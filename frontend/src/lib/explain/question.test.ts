import { expect, test } from 'vitest';
import { changedAddress } from '$lib/state/address';
import { addressOf, askedBy, isAddress, readQuestion, requestOf, type Question } from './question';

const question: Question = { key: '', through: 'API', from: '192.0.2.7', to: 'UPDATE_DOMAIN', shown: 'PASSWORD' };

test('a question that was put into an address is read from it again, and the page of the list beside it stays', () => {
  const url = new URL('https://gatehouse.example/users/user_1?after=c1');
  const address = changedAddress(url, askedBy(question, url.searchParams));
  const params = new URL(address, url).searchParams;
  expect(readQuestion(params)).toEqual(question);
  expect(params.get('after')).toBe('c1');
});

test('an address without an access point or a place asks nothing', () => {
  expect(readQuestion(new URLSearchParams('through=API'))).toBeNull();
  expect(readQuestion(new URLSearchParams('from=192.0.2.7'))).toBeNull();
  expect(readQuestion(new URLSearchParams('through=API&from=192.0.2.7&shown=API_KEY'))?.shown).toBe('');
});

test('of a key nothing is asked that only a session shows', () => {
  expect(requestOf({ ...question, key: 'key_1' }, 'user_1')).toEqual({
    subject: { apiKeyId: 'key_1' },
    accessPoint: 'API',
    ip: '192.0.2.7',
    permission: 'UPDATE_DOMAIN',
  });
  expect(requestOf(question, 'user_1')).toMatchObject({ subject: { userId: 'user_1' }, assurance: 'PASSWORD' });
  expect(requestOf({ ...question, to: '', shown: '' }, 'user_1')).toEqual({ subject: { userId: 'user_1' }, accessPoint: 'API', ip: '192.0.2.7' });
});

test.each(['192.0.2.7', '2001:db8::7', '::ffff:192.0.2.7'])('%s is an address', (text) => expect(isAddress(text)).toBe(true));
test.each(['', '192.0.2.0/24', '192.0.2.7/32', '192.0.2.007', 'fe80::1%eth0', '192.0.2.7:443'])('%j is none', (text) =>
  expect(isAddress(text)).toBe(false),
);

test('an entry stands for its first address', () => {
  expect(addressOf('192.0.2.7/32')).toBe('192.0.2.7');
  expect(addressOf('2001:db8:1:2::/64')).toBe('2001:db8:1:2::');
});
