import { expect, test } from 'vitest';
import { isLoginName, suggestLoginNames } from './suggest';

test.each([
  ['jeroen.bakker', 'Jeroen Bakker', ['j.bakker', 'jeroen.bakker2', 'jeroen.bakker3']],
  ['juergen', 'Jürgen Weiß', ['j.weiss', 'jurgen.weiss', 'juergen2']],
  ['lukasz', 'Łukasz Sørensen', ['l.sorensen', 'lukasz.sorensen', 'lukasz2']],
  ['jane', 'Jane', ['jane2', 'jane3', 'jane4']],
  ['jane', '', ['jane2', 'jane3', 'jane4']],
])('for %s, who is called "%s", offers %j', (wanted, name, expected) => {
  expect(suggestLoginNames(wanted, name)).toEqual(expected);
});

test('what is offered is a login name, however long the one that is taken', () => {
  for (const offered of suggestLoginNames('x'.repeat(40), '')) expect(isLoginName(offered)).toBe(true);
});
