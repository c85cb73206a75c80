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
    this.whitelistIds = point.whitelists?.map(({ id }) => id) ?? [];
    this.origins = point.origins.join('\n');
  }

  /** Goes on with what was typed, over what stands there now. */
  rebase(point: AccessPointDetailsFragment): void {
    this.#base = point;
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
    const before = this.#base?.whitelists?.map(({ id }) => id) ?? [];
    return before.toSorted().join() !== this.whitelistIds.toSorted().join();
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
