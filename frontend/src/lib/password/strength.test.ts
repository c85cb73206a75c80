import { describe, expect, test } from 'vitest';
import { strength } from './strength';

const of = (password: string, personal: string[] = []) => strength(password, 12, personal);

describe('strength', () => {
  test('is none without a password, and weak below the minimum', () => {
    expect(of('')).toBe(0);
    expect(of('x9!Kq7#mZ2p')).toBe(1);
  });
  test('is weak for repeats, sequences and favourites, however long', () => {
    expect(of('aaaaaaaaaaaaaaaa')).toBe(1);
    expect(of('abcdefghijkl123456')).toBe(1);
    expect(of('password12345')).toBe(1);
  });
  test('is weak when it is mostly the name of its user', () => {
    expect(of('jeroen.bakker-2026', ['jeroen.bakker', 'Jeroen Bakker'])).toBe(1);
  });
  test('is very strong for five words and a number', () => {
    expect(of('lantern-copper-dyke-47-swan-meadow')).toBe(4);
  });
  test('grows with the length', () => {
    expect(of('river mountain')).toBeLessThan(of('river mountain candle bridge'));
  });
});
