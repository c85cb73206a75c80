import { expect, test } from 'vitest';
import { safeReturn } from './safeReturn';

const origin = 'https://gatehouse.example';

test.each(['/users', '/users?status=INVITED&after=x', '/'])('goes back to %s', (path) => {
  expect(safeReturn(path, origin)).toBe(path);
});

test.each([null, '', 'users', 'https://stranger.example/', '//stranger.example/', '/\\stranger.example', 'javascript:alert(1)', '/sign-in?next=/users'])(
  'goes Home instead of %s',
  (path) => {
    expect(safeReturn(path, origin)).toBe('/');
  },
);
