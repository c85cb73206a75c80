import { plain } from '$lib/i18n/plain';

/** From which roles each permission of a user comes, in the order of the catalogue. */

interface Group {
  code: string;
  name: string;
  permissions: readonly { code: string; name: string }[];
}

interface Role {
  id: string;
  name: string;
}

/** A permission with the roles that grant it, as the server tells. */
interface Origin {
  permission: string;
  roles: readonly { id: string }[];
}

/** A role with the letter or two that stand for it. */
export interface Letter {
  id: string;
  name: string;
  letter: string;
}

export interface ProvenGroup {
  code: string;
  name: string;
  total: number;
  permissions: { code: string; name: string; from: Letter[] }[];
}

/** Every role by its first letter; roles that share one, by as many letters of their words as tell them apart. */
export function letters(roles: readonly { id: string; name: string }[]): Letter[] {
  return roles.map((role, at) => ({ id: role.id, name: role.name, letter: letter(role.name, roles, at) }));
}

function letter(name: string, roles: readonly { name: string }[], at: number): string {
  const others = roles.filter((_, other) => other !== at);
  const short = [first(name), abbreviation(name)].find(
    (candidate) => !others.some((other) => [first(other.name), abbreviation(other.name)].includes(candidate)),
  );
  return short ?? String(at + 1);
}

function first(name: string): string {
  return ([...name.trim()][0] ?? '').toLocaleUpperCase();
}

/** "Support 3" is S3, "DNS automation" is DA. */
function abbreviation(name: string): string {
  const words = name.trim().split(/\s+/);
  return words.length === 1 ? [...name.trim()].slice(0, 2).join('') : first(words[0]!) + first(words.at(-1)!);
}

/** The groups of which anything is held, with the permissions that are, each with its roles. */
export function provenance(groups: readonly Group[], roles: readonly Role[], origins: readonly Origin[]): ProvenGroup[] {
  const marked = letters(roles);
  const granting = new Map(origins.map((origin) => [origin.permission, new Set(origin.roles.map(({ id }) => id))]));
  return groups
    .map(({ code, name, permissions }) => ({
      code,
      name,
      total: permissions.length,
      permissions: permissions.map((permission) => ({
        code: permission.code,
        name: permission.name,
        from: marked.filter(({ id }) => granting.get(permission.code)?.has(id)),
      })),
    }))
    .map((group) => ({ ...group, permissions: group.permissions.filter(({ from }) => from.length > 0) }))
    .filter((group) => group.permissions.length > 0);
}

/** Those permissions whose code or name holds a text, and the groups that have any. */
export function matching(groups: readonly ProvenGroup[], text: string): ProvenGroup[] {
  const sought = plain(text.trim());
  if (sought === '') return [...groups];
  return groups
    .map((group) => ({
      ...group,
      permissions: group.permissions.filter(({ code, name }) => [code, name].some((each) => plain(each).includes(sought))),
    }))
    .filter(({ permissions }) => permissions.length > 0);
}

/** How much of each group a set of permissions holds. */
export function coverage(groups: readonly Group[], held: ReadonlySet<string>): { label: string; count: number; total: number }[] {
  return groups.map(({ name, permissions }) => ({
    label: name,
    count: permissions.filter(({ code }) => held.has(code)).length,
    total: permissions.length,
  }));
}

/** What a set of permissions lacks, by group. */
export function missing(groups: readonly Group[], held: ReadonlySet<string>): { name: string; permissions: string[] }[] {
  return groups
    .map(({ name, permissions }) => ({ name, permissions: permissions.filter(({ code }) => !held.has(code)).map((each) => each.name) }))
    .filter(({ permissions }) => permissions.length > 0);
}
