import { expect, test } from 'vitest';
import { holds, pages } from './pages';

const lit = (pathname: string) => pages.filter((page) => holds(page, pathname)).map((page) => page.href);

test('one page of the wall is lit for every address below it', () => {
  expect(lit('/')).toEqual(['/']);
  expect(lit('/users')).toEqual(['/users']);
  expect(lit('/users/user_01h455vb4pex5vsknk084sn02q')).toEqual(['/users']);
});

test('a page is not lit by an address that only begins like its own', () => {
  expect(lit('/users-of-another-kind')).toEqual([]);
});
