import { SvelteSet } from 'svelte/reactivity';
import { rebase } from '$lib/api/fields';
import type { PermissionCatalogueQuery, RoleDetailsFragment } from '$lib/api/generated/graphql';
import { t } from '$lib/i18n/index.svelte';
import { viewer } from '$lib/state/session.svelte';
import type { Permission, Tick, Ticks } from './matrix';

/** A role as it is being changed, beside what it began with. */
export class RoleEdit implements Ticks {
  name = $state('');
  description = $state('');
  readonly ticked = new SvelteSet<string>();
  #before: ReadonlySet<string> = $state.raw(new Set<string>());
  #base = $state.raw<RoleDetailsFragment | undefined>();
  readonly #catalogue: readonly Permission[];
  /** Holders of admin may give what they do not have themselves. */
  readonly #admin: boolean;

  constructor(catalogue: PermissionCatalogueQuery, role?: RoleDetailsFragment) {
    this.#catalogue = catalogue.permissionGroups?.flatMap((group) => group.permissions) ?? [];
    const builtIn = catalogue.builtInRoles?.nodes.filter((each) => each.builtIn) ?? [];
    this.#admin = builtIn.length > 0 && builtIn.every((each) => each.viewerCanAssign);
    if (role) this.take(role);
    else this.#tick(this.#essential());
  }

  /** Begins again with what stands there. */
  take(role: RoleDetailsFragment): void {
    this.#base = role;
    this.#before = new Set([...role.permissions, ...role.retiredPermissions]);
    this.name = role.name;
    this.description = role.description;
    this.#tick([...this.#before]);
  }

  /** Goes on with what was typed and ticked, and with what stands there now where nothing was. */
  rebase(role: RoleDetailsFragment): void {
    const { added, removed } = this;
    const { name, description } = rebase(textsOf(this.#base ?? role), textsOf(this), textsOf(role));
    this.take(role);
    this.name = name;
    this.description = description;
    for (const { code } of added) this.ticked.add(code);
    for (const { code } of removed) this.ticked.delete(code);
  }

  /** Takes back what was changed. */
  undo(): void {
    if (this.#base) this.take(this.#base);
  }

  get revision(): number | null {
    return this.#base?.revision ?? null;
  }

  get dirty(): boolean {
    const base = this.#base;
    return this.added.length + this.removed.length > 0 || this.name !== (base?.name ?? '') || this.description !== (base?.description ?? '');
  }

  /** What the role began with of codes that the catalogue no longer has. They stay until they are removed by name. */
  get retired(): Permission[] {
    return (this.#base?.retiredPermissions ?? []).map((code) => ({ code, name: code, description: '', essential: false, verb: null, noun: null }));
  }

  /** What stands on the role when it is saved, of codes that the catalogue has. */
  get permissions(): string[] {
    const retired = this.#base?.retiredPermissions ?? [];
    return [...this.ticked].filter((code) => !retired.includes(code));
  }

  get removeRetiredPermissions(): string[] {
    return (this.#base?.retiredPermissions ?? []).filter((code) => !this.ticked.has(code));
  }

  get #all(): Permission[] {
    return [...this.#catalogue, ...this.retired];
  }

  get added(): Permission[] {
    return this.#all.filter(({ code }) => this.ticked.has(code) && !this.#before.has(code));
  }

  get removed(): Permission[] {
    return this.#all.filter(({ code }) => !this.ticked.has(code) && this.#before.has(code));
  }

  tick({ code }: Permission): Tick {
    if (!this.#base || this.ticked.has(code) === this.#before.has(code)) return 'same';
    return this.ticked.has(code) ? 'add' : 'del';
  }

  reason({ code, essential }: Permission): string | undefined {
    if (essential) return t('roles.essential');
    const held = this.#admin || viewer().permissions.includes(code);
    return held || this.ticked.has(code) || this.#before.has(code) ? undefined : t('roles.notYours');
  }

  set(permissions: readonly Permission[], on: boolean): void {
    for (const permission of permissions) {
      if (this.reason(permission)) continue;
      if (on) this.ticked.add(permission.code);
      else this.ticked.delete(permission.code);
    }
  }

  #essential(): string[] {
    return this.#catalogue.filter((permission) => permission.essential).map(({ code }) => code);
  }

  #tick(codes: readonly string[]): void {
    this.ticked.clear();
    for (const code of codes) this.ticked.add(code);
  }
}

function textsOf({ name, description }: { name: string; description: string }) {
  return { name, description };
}
