import { expect, test } from 'vitest';
import { generatePassword, randomBelow } from './generate';
import { strength } from './strength';
import { words } from './words';

test('the list has 512 different words', () => {
  expect(new Set(words).size).toBe(512);
});

test('a generated password is six words of the list and a number', () => {
  const parts = generatePassword().split('-');
  expect(parts.filter((part) => words.includes(part))).toHaveLength(6);
  expect(parts.filter((part) => /^[1-9]\d$/.test(part))).toHaveLength(1);
});

test('a generated password is very strong', () => {
  for (let i = 0; i < 200; i++) expect(strength(generatePassword(), 12)).toBe(4);
});

test('every number below the limit comes up, and no other', () => {
  const drawn = new Set(Array.from({ length: 2000 }, () => randomBelow(5)));
  expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4]);
});
