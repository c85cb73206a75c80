import type {
  AccessPointDetailsFragment,
  AccessPointKind,
  CreateAccessPointInput,
  UpdateAccessPointInput,
} from '$lib/api/generated/graphql';
import { readOrigins } from './origins';

/** What is typed into the form of an access point, beside what it began with. */
export class AccessPointEdit {
  code = $state('');
  name = $state('');
  description = $state('');
  kind = $state<AccessPointKind>('INTERACTIVE');
  whitelistIds = $state<string[]>([]);
  /** One a line. */
  origins = $state('');
  #base = $state.raw<AccessPointDetailsFragment | undefined>();

  constructor(point?: AccessPointDetailsFragment) {
    if (point) this.take(point);
  }

  /** Begins again with what stands there. */
  take(point: AccessPointDetailsFragment): void {
    this.#base = point;
    this.code = point.code;
    this.name = point.name;
    this.description = point.description;
    this.kind = point.kind;
    this.whitelistIds = idsOf(point);
    this.origins = point.origins.join('\n');
  }

  /** Goes on with what was typed, and with what stands there now where nothing was. */
  rebase(point: AccessPointDetailsFragment): void {
    const { name, description, origins, whitelistIds } = this;
    const before = this.#base;
    this.take(point);
    if (!before) return;
    if (name !== before.name) this.name = name;
    if (description !== before.description) this.description = description;
    if (origins.trim() !== before.origins.join('\n')) this.origins = origins;
    if (!sameMembers(whitelistIds, idsOf(before))) this.whitelistIds = whitelistIds;
  }

  /** What the form began with. */
  get base(): AccessPointDetailsFragment | undefined {
    return this.#base;
  }

  get dirty(): boolean {
    const base = this.#base;
    if (!base) return true;
    return (
      this.name !== base.name ||
      this.description !== base.description ||
      this.origins.trim() !== base.origins.join('\n') ||
      this.changesWhitelists
    );
  }

  get changesWhitelists(): boolean {
    return !sameMembers(this.whitelistIds, idsOf(this.#base));
  }

  get lines(): number[] {
    return readOrigins(this.origins).lines;
  }

  created(): CreateAccessPointInput {
    return { code: this.code, kind: this.kind, ...this.#common() };
  }

  /** Whitelists that the viewer may not see stay as they are. */
  changed(id: string, seesWhitelists: boolean): UpdateAccessPointInput {
    const { whitelistIds, ...rest } = this.#common();
    return { id, revision: this.#base?.revision ?? null, ...rest, ...(seesWhitelists ? { whitelistIds } : {}) };
  }

  #common() {
    return {
      name: this.name,
      description: this.description,
      whitelistIds: [...this.whitelistIds],
      ...(this.kind === 'INTERACTIVE' ? { origins: readOrigins(this.origins).origins } : {}),
    };
  }
}

function idsOf(point: AccessPointDetailsFragment | undefined): string[] {
  return point?.whitelists?.map(({ id }) => id) ?? [];
}

function sameMembers(some: readonly string[], others: readonly string[]): boolean {
  return some.toSorted().join() === others.toSorted().join();
}
