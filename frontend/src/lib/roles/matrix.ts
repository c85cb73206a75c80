import type { PermissionCatalogueQuery } from '$lib/api/generated/graphql';
import { plain } from '$lib/i18n/plain';

export type Group = NonNullable<PermissionCatalogueQuery['permissionGroups']>[number];
export type Permission = Group['permissions'][number];

export type Tick = 'same' | 'add' | 'del';

/** What the boxes of a matrix show and change: the permissions of a role, or of a key. */
export interface Ticks {
  readonly ticked: Pick<ReadonlySet<string>, 'has'>;
  tick(permission: Permission): Tick;
  /** Why a box cannot be changed, or undefined when it can. */
  reason(permission: Permission): string | undefined;
  set(permissions: readonly Permission[], on: boolean): void;
}

/** The verbs that have a column of their own, in its order. */
export const columns = ['VIEW', 'CREATE', 'UPDATE', 'DELETE'] as const;
export type Column = (typeof columns)[number];

/** What can be done to one thing. */
export interface Row {
  key: string;
  /** What it is done to; empty for what stands apart. */
  label: string;
  cells: Partial<Record<Column, Permission>>;
  /** Other verbs, with the words that are left when the thing is taken out of their names. */
  others: { permission: Permission; label: string }[];
}

/** The rows of a group, in the order of the catalogue; what stands apart comes last, in one row. */
export function rowsOf(group: Group): Row[] {
  const rows: Row[] = [];
  const apart: Row = { key: `${group.code}-apart`, label: '', cells: {}, others: [] };
  for (const noun of new Set(group.permissions.map((permission) => permission.noun ?? ''))) {
    const permissions = group.permissions.filter((permission) => (permission.noun ?? '') === noun);
    const first = permissions[0]!;
    const lonely = permissions.length === 1 && !isColumn(first.verb);
    if (noun === '' || lonely) apart.others.push(...permissions.map((permission) => ({ permission, label: permission.name })));
    else rows.push(rowOf(noun, permissions));
  }
  return apart.others.length > 0 ? [...rows, apart] : rows;
}

function rowOf(noun: string, permissions: readonly Permission[]): Row {
  const shared = sharedWords(permissions.map((permission) => permission.name));
  const row: Row = { key: noun, label: capital(bare(shared) || permissions[0]!.name), cells: {}, others: [] };
  for (const permission of permissions) {
    if (isColumn(permission.verb) && !row.cells[permission.verb]) row.cells[permission.verb] = permission;
    else row.others.push({ permission, label: capital(bare(without(permission.name, shared)) || permission.name) });
  }
  return row;
}

/** The words that all names begin or end with: what is done to it differs, what it is done to does not. */
export function sharedWords(names: readonly string[]): string {
  if (names.length < 2) return '';
  const words = names.map((name) => name.split(' '));
  const head = shared(words);
  const tail = shared(words.map((each) => each.toReversed())).toReversed();
  return (tail.length >= head.length ? tail : head).join(' ');
}

function shared(lists: readonly string[][]): string[] {
  const [first = [], ...rest] = lists;
  const end = first.findIndex((word, at) => rest.some((list) => list[at]?.toLowerCase() !== word.toLowerCase()));
  const most = Math.min(...lists.map((list) => list.length)) - 1; // a verb must be left
  return first.slice(0, Math.max(0, Math.min(end === -1 ? first.length : end, most)));
}

function without(name: string, words: string): string {
  const at = name.toLowerCase().lastIndexOf(words.toLowerCase());
  const rest = words === '' || at === -1 ? name : `${name.slice(0, at)} ${name.slice(at + words.length)}`;
  return rest.replaceAll(/\s+/g, ' ').trim() || name;
}

/** Articles and prepositions, which say nothing once the words beside them are taken out: "Resend from", "Les clients". */
const joining = new Set(['from', 'de', 'des', 'du', 'la', 'le', 'les', 'depuis', 'el', 'los', 'las', 'van', 'von']);

function bare(text: string): string {
  const words = text.split(' ');
  const says = (word: string) => !joining.has(word.toLowerCase());
  return words.slice(words.findIndex(says), words.findLastIndex(says) + 1).join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

function isColumn(verb: string | null | undefined): verb is Column {
  return (columns as readonly string[]).includes(verb ?? '');
}

/** Every permission of a row. */
export function permissionsOf(row: Row): Permission[] {
  return [...columns.flatMap((column) => row.cells[column] ?? []), ...row.others.map((other) => other.permission)];
}

/** Whether a search finds a row, by what it is about or by any of its permissions. */
export function finds(row: Row, sought: string): boolean {
  const text = plain(sought.trim());
  return plain(row.label).includes(text) || permissionsOf(row).some(({ code, name }) => plain(`${code} ${name}`).includes(text));
}
