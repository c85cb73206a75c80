import { expect, it } from 'vitest';
import type { KeyDetailsFragment, KeyOwnerFragment } from '$lib/api/generated/graphql';
import { KeyEdit } from './edit.svelte';

const key = {
  id: 'key_1',
  revision: 3,
  description: 'Billing',
  expiresAt: '2026-12-31T00:00:00.000Z',
  accessPoints: [{ code: 'API' }],
  restrictedTo: ['VIEW_DOMAIN'],
  whitelists: [{ id: 'wl_1' }],
} as unknown as KeyDetailsFragment;

it('sends what differs, and says what is cleared instead of sending null', () => {
  const edit = new KeyEdit({ id: 'user_1', permissions: ['VIEW_DOMAIN'] } as unknown as KeyOwnerFragment, null, key);
  edit.values.description = 'Shop';
  expect(edit.update).toEqual({ id: 'key_1', revision: 3, description: 'Shop' });
  edit.restrict(false);
  edit.ends = 'never';
  edit.values.whitelistIds = [];
  expect(edit.update).toEqual({ id: 'key_1', revision: 3, description: 'Shop', unrestricted: true, neverExpires: true, whitelistIds: [] });
});
