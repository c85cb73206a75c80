import { expect, test } from 'vitest';
import { initials, tint } from './faces';

test.each([
  ['Sanne de Vries', 'SV'],
  ['Femke van den Berg', 'FB'],
  ['Noor El Amrani', 'NA'],
  ['sanne', 'S'],
  ['jan jansen', 'JJ'],
  ['Élodie', 'É'],
  ['  ', ''],
])('the initials of "%s" are %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test('the same ID wears the same tint, and the five are all worn', () => {
  const ids = Array.from({ length: 200 }, (_, at) => `user_01h455vb4pex5vsknk084s${at}`);
  expect(new Set(ids.map(tint)).size).toBe(5);
  expect(ids.map(tint)).toEqual(ids.map(tint));
});
