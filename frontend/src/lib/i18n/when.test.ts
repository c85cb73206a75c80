import { describe, expect, test } from 'vitest';
import { agoParts, whenParts } from './when';

const now = Date.parse('2026-11-23T09:41:00Z');
const when = (time: string) => whenParts(Date.parse(time), now);

describe('a time is told', () => {
  test('as just now within a minute, in both directions', () => {
    expect(when('2026-11-23T09:40:30Z')).toEqual({ kind: 'now' });
    expect(when('2026-11-23T09:41:30Z')).toEqual({ kind: 'now' });
  });
  test('in whole minutes within the hour', () => {
    expect(when('2026-11-23T09:38:10Z')).toEqual({ kind: 'minutes', value: -2 });
    expect(when('2026-11-23T09:45:30Z')).toEqual({ kind: 'minutes', value: 4 });
  });
  test('by its day when that is today, yesterday or tomorrow', () => {
    expect(when('2026-11-23T08:41:00Z')).toEqual({ kind: 'day', value: 0 });
    expect(when('2026-11-22T00:00:00Z')).toEqual({ kind: 'day', value: -1 });
    expect(when('2026-11-24T23:59:00Z')).toEqual({ kind: 'day', value: 1 });
  });
  test('by its date, with the year when that is another', () => {
    expect(when('2026-08-18T11:37:00Z')).toEqual({ kind: 'year' });
    expect(when('2025-02-03T10:00:00Z')).toEqual({ kind: 'older' });
  });
});

test.each([
  ['2026-11-23T09:40:30Z', { value: 0, unit: 'minute' }],
  ['2026-11-23T08:42:00Z', { value: -59, unit: 'minute' }],
  ['2026-11-23T08:41:00Z', { value: -1, unit: 'hour' }],
  ['2026-11-22T09:42:00Z', { value: -23, unit: 'hour' }],
  ['2026-11-21T09:41:00Z', { value: -2, unit: 'day' }],
  ['2026-11-23T09:42:00Z', { value: 0, unit: 'minute' }],
] as const)('how long ago %s is, in the largest unit that fits', (time, expected) => {
  expect(agoParts(Date.parse(time), now)).toEqual(expected);
});
