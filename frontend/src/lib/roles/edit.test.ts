import { expect, it } from 'vitest';
import type { PermissionCatalogueQuery, RoleDetailsFragment } from '$lib/api/generated/graphql';
import { RoleEdit } from './edit.svelte';

const permission = (code: string) => ({ code, name: code, description: '', essential: false, verb: null, noun: null });
const catalogue = {
  permissionGroups: [{ code: 'DOMAINS', name: 'Domains', permissions: [permission('VIEW_DOMAIN'), permission('UPDATE_DOMAIN')] }],
  builtInRoles: { nodes: [{ builtIn: true, viewerCanAssign: true }] },
} as unknown as PermissionCatalogueQuery;
const role = {
  id: 'role_1',
  name: 'Support',
  description: '',
  permissions: ['VIEW_DOMAIN'],
  retiredPermissions: ['WAS_IN_AN_OLDER_FILE'],
  revision: 1,
} as unknown as RoleDetailsFragment;

it('keeps what the catalogue no longer has, when something else is saved', () => {
  const edit = new RoleEdit(catalogue, role);
  expect(edit.dirty).toBe(false);
  expect([...edit.ticked]).toEqual(['VIEW_DOMAIN', 'WAS_IN_AN_OLDER_FILE']);
  expect(edit.permissions).toEqual(['VIEW_DOMAIN']);
  expect(edit.removeRetiredPermissions).toEqual([]);
});

it('lets it be taken away, and put back until that is saved', () => {
  const edit = new RoleEdit(catalogue, role);
  edit.set(edit.retired, false);
  expect(edit.removed.map(({ code }) => code)).toEqual(['WAS_IN_AN_OLDER_FILE']);
  expect(edit.permissions).toEqual(['VIEW_DOMAIN']);
  expect(edit.removeRetiredPermissions).toEqual(['WAS_IN_AN_OLDER_FILE']);
  edit.set(edit.retired, true);
  expect(edit.dirty).toBe(false);
  edit.set(edit.retired, false);
  edit.take({ ...role, retiredPermissions: [], revision: 2 });
  expect(edit.retired).toEqual([]);
});
