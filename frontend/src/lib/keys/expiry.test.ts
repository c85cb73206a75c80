import { describe, expect, test } from 'vitest';
import { daysToChoose, endAfterRotation, endings, endOf, endsSoon, firstEnding } from './expiry';

const now = Date.parse('2026-11-24T12:00:00Z');

describe('endings', () => {
  test('offers everything where keys may live for ever', () => {
    expect(endings(null)).toEqual(['30', '90', '365', 'date', 'never']);
    expect(endings(null, true)[0]).toBe('keep');
  });
  test('offers nothing longer than the account allows, and its longest', () => {
    expect(endings(180)).toEqual(['30', '90', 'longest', 'date']);
    expect(endings(90)).toEqual(['30', '90', 'date']);
    expect(endings(7)).toEqual(['longest', 'date']);
  });
  test('begins with the longest that has an end', () => {
    expect([null, 365, 180, 7].map(firstEnding)).toEqual(['365', '365', 'longest', 'longest']);
  });
});

describe('endOf', () => {
  test('counts days from now', () => {
    expect(endOf('30', '', now, null)).toBe('2026-12-24T12:00:00.000Z');
    expect(endOf('never', '', now, null)).toBeNull();
  });
  test('stays within the maximum, though the clocks differ a little', () => {
    expect(endOf('longest', '', now, 7)).toBe('2026-12-01T11:55:00.000Z');
    expect(endOf('30', '', now, 30)).toBe('2026-12-24T11:55:00.000Z');
  });
  test('takes a day as a whole, and of the last one what is left', () => {
    expect(endOf('date', '2026-12-03', now, null)).toBe(new Date(2026, 11, 4).toISOString());
    expect(endOf('date', daysToChoose(new Date(now), 7).last!, now, 7)).toBe('2026-12-01T11:55:00.000Z');
    expect(endOf('date', '2027-12-03', now, 7)).toBe(new Date(2027, 11, 4).toISOString());
  });
  test('asks for a day where there is none', () => {
    expect(endOf('date', '', now, null)).toBeUndefined();
    expect(endOf('date', 'soon', now, null)).toBeUndefined();
  });
});

test('a key ends soon within thirty days', () => {
  expect(endsSoon(null, now)).toBe(false);
  expect(endsSoon('2027-01-24T12:00:00Z', now)).toBe(false);
  expect(endsSoon('2026-12-24T11:00:00Z', now)).toBe(true);
});

test('a rotated key lives as long as the old one was given, within the maximum', () => {
  const key = { createdAt: '2026-01-01T00:00:00Z', expiresAt: '2026-12-31T00:00:00Z' };
  expect(endAfterRotation(key, now, null)).toBe('2027-11-23T12:00:00.000Z');
  expect(endAfterRotation(key, now, 30)).toBe('2026-12-24T12:00:00.000Z');
  expect(endAfterRotation({ ...key, expiresAt: null }, now, null)).toBeNull();
  expect(endAfterRotation({ ...key, expiresAt: null }, now, 30)).toBe('2026-12-24T12:00:00.000Z');
});
