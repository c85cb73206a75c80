import { describe, expect, test } from 'vitest';
import { rowsOf } from './changes';
import { byDay } from './days';
import { hrefOf, pieces, places, sentenceOf, triesOf, type Event } from './sentence';

const event = (given: Partial<Event>): Event => ({
  id: 'event_1',
  at: '2026-11-23T08:41:00Z',
  action: 'user.update',
  outcome: 'SUCCEEDED',
  actor: null,
  actorName: 'acme/jane',
  apiKey: null,
  target: null,
  targetId: null,
  targetName: 'acme/john',
  reason: null,
  accessPoint: 'WEB',
  ip: '192.0.2.7',
  changes: [],
  ...given,
});

describe('sentenceOf', () => {
  test('tells what one did to oneself in words of its own', () => {
    expect(sentenceOf(event({}))).toBe('events.did.user.update');
    expect(sentenceOf(event({ targetName: 'acme/jane' }))).toBe('events.did.user.update.own');
    expect(sentenceOf(event({ action: 'session.signOut', targetName: 'acme/jane' }))).toBe('events.did.session.signOut');
  });
  test('tells with what somebody signed in', () => {
    const changes = [{ field: 'assurance', before: null, after: 'MFA' }];
    expect(sentenceOf(event({ action: 'session.signIn', targetName: 'acme/jane', changes }))).toBe('events.did.session.signIn.mfa');
  });
  test('names the target of a refusal only where it is known and somebody else', () => {
    expect(sentenceOf(event({ outcome: 'DENIED' }))).toBe('events.deniedOn');
    expect(sentenceOf(event({ outcome: 'DENIED', targetName: null }))).toBe('events.denied');
    expect(sentenceOf(event({ outcome: 'DENIED', targetName: 'acme/jane' }))).toBe('events.denied');
  });
  test('tells as whom somebody could not sign in', () => {
    const tried = { action: 'session.signIn', outcome: 'FAILED', actorName: 'unknown' } as const;
    expect(sentenceOf(event(tried))).toBe('events.failed.signInAs');
    expect(sentenceOf(event({ ...tried, targetName: null }))).toBe('events.failed.signIn');
  });
  test('tells of who was turned away, not of what they were not allowed', () => {
    const refused = { outcome: 'DENIED', actorName: 'acme/whmcs', targetName: 'acme/whmcs', reason: 'IP_NOT_WHITELISTED' } as const;
    expect(sentenceOf(event({ ...refused, action: 'apiKey.refuse' }))).toBe('events.did.apiKey.refuse');
    expect(sentenceOf(event({ ...refused, action: 'session.refuse' }))).toBe('events.did.session.refuse');
  });
  test('has words for an action that it does not know', () => {
    expect(sentenceOf(event({ action: 'key.create' }))).toBe('events.unknownAction');
  });
});

test('pieces keeps the order that a language has', () => {
  expect(pieces(`${places.actor} hat ${places.target} entsperrt`)).toEqual([
    { place: 'actor' },
    { words: ' hat ' },
    { place: 'target' },
    { words: ' entsperrt' },
  ]);
});

test('triesOf is one unless the event stands for more', () => {
  expect(triesOf(event({}))).toBe(1);
  expect(triesOf(event({ changes: [{ field: 'tries', before: null, after: '14' }] }))).toBe(14);
});

describe('rowsOf', () => {
  test('tells of a list only what came and went', () => {
    const changes = [{ field: 'roles', before: 'Finance, Support 1', after: 'Support 1, Support 2' }];
    expect(rowsOf(event({ changes }))).toEqual([{ field: 'roles', before: ['Finance'], after: ['Support 2'], secret: false }]);
  });
  test('does not break an entry at the comma of its note', () => {
    const after = '192.0.2.0/24 (Office, Zwolle), 2001:db8::/48';
    const changes = [{ field: 'entries', before: null, after }];
    expect(rowsOf(event({ changes }))[0]?.after).toEqual(['192.0.2.0/24 (Office, Zwolle)', '2001:db8::/48']);
  });
  test('does not break a name at its comma', () => {
    expect(rowsOf(event({ changes: [{ field: 'name', before: 'Doe, Jane', after: 'Jane Doe' }] }))[0]?.before).toEqual(['Doe, Jane']);
  });
  test('knows a secret by both sides being kept out', () => {
    expect(rowsOf(event({ changes: [{ field: 'password', before: null, after: null }] }))[0]?.secret).toBe(true);
  });
  test('leaves out what the sentence tells', () => {
    const changes = [
      { field: 'assurance', before: null, after: 'MFA' },
      { field: 'method', before: null, after: 'Phone' },
    ];
    expect(rowsOf(event({ action: 'mfa.enrol', changes }))).toEqual([]);
    expect(rowsOf(event({ action: 'mfa.rename', changes }))).toHaveLength(1);
    expect(rowsOf(event({ action: 'user.setPassword', changes: [{ field: 'password', before: null, after: null }] }))).toEqual([]);
  });
});

test('byDay begins a new day where the date changes', () => {
  const at = (hours: number) => ({ at: new Date(2026, 10, 23, hours).toISOString() });
  expect(byDay([at(12), at(1), at(-1)]).map((day) => day.entries.length)).toEqual([2, 1]);
});

test('hrefOf knows what has a page', () => {
  expect(hrefOf('ap_01h4')).toBe('/access-points/ap_01h4');
  expect(hrefOf('totp_01h4')).toBeUndefined();
});
