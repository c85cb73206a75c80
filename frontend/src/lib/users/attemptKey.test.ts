import { expect, test } from 'vitest';
import { AttemptKey } from './attemptKey';

test('the same input has the same key, another input another', () => {
  const key = new AttemptKey();
  const first = key.for({ name: 'Jane' });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(key.for({ name: 'Jane' })).toBe(first);
  expect(key.for({ name: 'Joan' })).not.toBe(first);
});
