import { describe, expect, test } from 'vitest';
import { differing, rebase } from './fields';

const before = { name: 'Office', forced: false, roleIds: ['role_1', 'role_2'], entries: [{ cidr: '192.0.2.0/24', note: '' }] };

describe('differing', () => {
  test('names what differs, in the order of the form', () => {
    expect(differing(before, { ...before, entries: [], forced: true })).toEqual(['forced', 'entries']);
    expect(differing(before, { ...before, entries: [{ cidr: '192.0.2.0/24', note: 'Ground floor' }] })).toEqual(['entries']);
  });
  test('does not count the order of a list or spaces around a text', () => {
    expect(differing(before, { ...before, name: ' Office ', roleIds: ['role_2', 'role_1'] })).toEqual([]);
  });
});

describe('rebase', () => {
  const theirs = { ...before, name: 'Their office', roleIds: ['role_3'] };

  test('takes theirs where nothing was typed', () => {
    expect(rebase(before, before, theirs)).toEqual(theirs);
    expect(rebase(before, { ...before, forced: true }, theirs)).toEqual({ ...theirs, forced: true });
  });
  test('keeps what was typed, also where they changed the same', () => {
    expect(rebase(before, { ...before, name: 'Head office', roleIds: [] }, theirs)).toEqual({ ...theirs, name: 'Head office', roleIds: [] });
  });
  test('keeps what was typed and happens to be what stood there for them alone', () => {
    expect(rebase(before, { ...before, name: 'Their office' }, before)).toEqual({ ...before, name: 'Their office' });
  });
});
