import { describe, expect, test } from 'vitest';
import type { HomeOwnQuery, HomePeopleQuery } from '$lib/api/generated/graphql';
import { laterOf, mattersOf } from './attention';

const some = (...names: string[]) => ({ nodes: names.map((name) => ({ id: name, name })), totalCount: names.length });
const people = (given: Partial<HomePeopleQuery>): HomePeopleQuery => ({
  all: { totalCount: 3 },
  noFactor: some(),
  locked: some(),
  invited: some(),
  unseen: some(),
  ...given,
});
const own = (enrolled: boolean, recoveryCodesRemaining: number): HomeOwnQuery => ({
  viewer: { user: { id: 'user_1', mfa: { enrolled, recoveryCodesRemaining } } },
});

describe('mattersOf', () => {
  test('is empty when all is well', () => {
    expect(mattersOf(people({}), own(true, 10))).toEqual([]);
  });
  test('leads to the list with the filter of the same name', () => {
    const [matter] = mattersOf(people({ invited: some('Femke') }), own(true, 10));
    expect(matter).toMatchObject({ kind: 'invited', count: 1, names: ['Femke'], href: '/users?status=INVITED' });
  });
  test('puts what is wrong with oneself first, and warns of few codes before there are none', () => {
    const matters = mattersOf(people({ noFactor: some('Mehmet') }), own(false, 0));
    expect(matters.map(({ kind }) => kind)).toEqual(['ownFactor', 'noFactor']);
    expect(mattersOf(undefined, own(true, 4))).toEqual([]);
    expect(mattersOf(undefined, own(true, 3))).toMatchObject([{ kind: 'ownCodes', count: 3, urgent: false }]);
    expect(mattersOf(undefined, own(true, 0))).toMatchObject([{ kind: 'ownCodes', count: 0, urgent: true }]);
  });
});

test('laterOf keeps a count that is too high to know', () => {
  expect(laterOf(people({ unseen: { ...some('Jürgen'), totalCount: null } }))).toMatchObject([{ kind: 'unseen', count: null }]);
});
