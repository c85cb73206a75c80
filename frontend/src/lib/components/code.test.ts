import { expect, test } from 'vitest';
import { digitsOf } from './code';

test.each([
  ['123 456', '123456'],
  ['123-456', '123456'],
  [' 123\u00a0456\n', '123456'],
  ['G-123456', '123456'],
  ['１２３４５６', '123456'],
  ['١٢٣٤٥٦', '123456'],
  ['«123–456»\u200b', '123456'],
  ['1234567', '123456'],
  ['12', '12'],
  ['none', ''],
])('%j is read as %j', (typed, digits) => {
  expect(digitsOf(typed)).toBe(digits);
});
