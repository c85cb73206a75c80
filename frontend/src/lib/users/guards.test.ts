import { describe, expect, test } from 'vitest';
import { guard, type Subject } from './guards';

const everything = ['CREATE_USER', 'UPDATE_USER', 'DEACTIVATE_USER'];
const actor = { id: 'user_me', permissions: everything };
const jane: Subject = {
  id: 'user_jane',
  kind: 'PERSONAL',
  status: 'ACTIVE',
  viewerCanManage: true,
  roles: [{ name: 'Support 2', builtIn: false }],
  mfa: { enrolled: true, required: true },
};

describe('guard', () => {
  test('hides what the viewer has no permission for', () => {
    expect(guard('deactivate', jane, { id: 'user_me', permissions: ['UPDATE_USER'] })).toBe('hidden');
  });
  test('hides what does not apply', () => {
    expect(guard('unlock', jane, actor)).toBe('hidden');
    expect(guard('reactivate', jane, actor)).toBe('hidden');
    expect(guard('resend', { ...jane, lastSignInAt: '2026-11-23T08:41:00Z' }, actor)).toBe('hidden');
    expect(guard('setPassword', { ...jane, kind: 'API' }, actor)).toBe('hidden');
    expect(guard('deactivate', { ...jane, status: 'DEACTIVATED' }, actor)).toBe('hidden');
  });
  test('allows what the viewer may', () => {
    expect(guard('resetFactor', jane, actor)).toBe('allowed');
    expect(guard('reactivate', { ...jane, status: 'DEACTIVATED' }, actor)).toBe('allowed');
  });
  test('explains that whoever may do more is out of reach, but for what takes away', () => {
    const beyond = { ...jane, viewerCanManage: false };
    expect(guard('setPassword', beyond, actor)).toBe('Beyond');
    expect(guard('deactivate', beyond, actor)).toBe('allowed');
    expect(guard('edit', beyond, actor)).toBe('allowed');
  });
  test('leaves locks to who can manage the user, and nobody lifts their own', () => {
    const locked = { ...jane, lockedUntil: '2026-11-23T08:41:00Z' };
    expect(guard('unlock', locked, actor)).toBe('allowed');
    expect(guard('unlock', { ...locked, viewerCanManage: false }, actor)).toBe('Beyond');
    expect(guard('unlock', { ...locked, id: 'user_me' }, actor)).toBe('hidden');
  });
  test('leaves administrators to administrators', () => {
    const admin = { ...jane, viewerCanManage: false, roles: [{ name: 'admin', builtIn: true }] };
    expect(guard('edit', admin, actor)).toBe('AdminOnly');
    expect(guard('deactivate', admin, actor)).toBe('AdminOnly');
    expect(guard('edit', { ...admin, viewerCanManage: true }, actor)).toBe('allowed');
  });
  test('sends to the profile for what is one’s own', () => {
    const me = { ...jane, id: 'user_me' };
    expect(guard('setPassword', me, actor)).toBe('Own');
    expect(guard('deactivate', me, actor)).toBe('Own');
    expect(guard('edit', me, actor)).toBe('allowed');
  });
});
