import { expect, test } from 'vitest';
import de from './de';
import en from './en';
import es from './es';
import fr from './fr';
import nl from './nl';
import { translate } from './translate';

const catalogue = { users: { title: 'Users', count: { one: '{count} user', other: '{count} users' }, hello: 'Hello {name}' } };

test('parameters are filled in, numbers as the language writes them', () => {
  expect(translate(catalogue, 'en', 'users.hello', { name: 'Sanne' })).toBe('Hello Sanne');
  expect(translate(catalogue, 'de', 'users.count', { count: 12345 })).toBe('12.345 users');
});

test('a plural takes the form that the language asks for', () => {
  expect(translate(catalogue, 'en', 'users.count', { count: 1 })).toBe('1 user');
  expect(translate(catalogue, 'en', 'users.count', { count: 0 })).toBe('0 users');
  expect(translate(catalogue, 'fr', 'users.count', { count: 0 })).toBe('0 user');
});

test('what a parameter brings is not read as a parameter again', () => {
  expect(translate(catalogue, 'en', 'users.hello', { name: '{name}' })).toBe('Hello {name}');
});

test.each(Object.entries({ nl, de, fr, es }))('%s names the same parameters as English in every message', (_, other) => {
  const names = (message: unknown) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g))].sort();
  for (const [area, messages] of Object.entries(en)) {
    for (const [key, message] of Object.entries(messages)) {
      const translated = (other as unknown as Record<string, Record<string, unknown>>)[area]?.[key];
      expect.soft(names(translated), `${area}.${key}`).toEqual(names(message));
    }
  }
});
