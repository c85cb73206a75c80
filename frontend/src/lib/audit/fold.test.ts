import { describe, expect, test } from 'vitest';
import { fold } from './fold';
import type { Event } from './sentence';

const refused = (minute: number, given: Partial<Event> = {}): Event => ({
  id: `event_${minute}`,
  at: new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString(),
  action: 'session.signIn',
  outcome: 'FAILED',
  actor: null,
  actorName: 'unknown',
  apiKey: null,
  target: null,
  targetId: null,
  targetName: 'acme/john',
  reason: 'WRONG_PASSWORD',
  accessPoint: 'WEB',
  ip: '192.0.2.7',
  changes: [],
  ...given,
});

describe('fold', () => {
  test('tells the same in a row once, with how often and since when', () => {
    const [first, ...others] = fold([refused(41), refused(38), refused(35)]);
    expect(others).toEqual([]);
    expect(first).toMatchObject({ id: 'event_41', times: 3, since: refused(35).at });
  });
  test('keeps apart what differs, or has something between', () => {
    expect(fold([refused(41), refused(40, { ip: '192.0.2.8' }), refused(39)]).map(({ times }) => times)).toEqual([1, 1, 1]);
  });
  test('keeps apart what lies more than ten minutes apart', () => {
    expect(fold([refused(41), refused(30)])).toHaveLength(2);
  });
  test('leaves alone what the server has counted', () => {
    const changes = [{ field: 'tries', before: null, after: '14' }];
    expect(fold([refused(41, { changes }), refused(40, { changes })])).toHaveLength(2);
  });
});
