import { expect, test } from 'vitest';
import { atTheText, readOrigins } from './origins';

test('readOrigins knows on which line each stands', () => {
  expect(readOrigins('https://a.example\n\n https://b.example \n')).toEqual({
    origins: ['https://a.example', 'https://b.example'],
    lines: [1, 3],
  });
});

test('atTheText brings an error to the field with its line, and leaves others alone', () => {
  const errors = [
    { path: 'origins.1', message: 'Not an origin.', code: 'INVALID' as const },
    { path: 'name', message: 'Fill this in.', code: 'REQUIRED' as const },
  ];
  expect(atTheText(errors, [1, 3], (line, message) => `Line ${line}: ${message}`)).toEqual([
    { path: 'origins', message: 'Line 3: Not an origin.', code: 'INVALID' },
    errors[1],
  ]);
});
