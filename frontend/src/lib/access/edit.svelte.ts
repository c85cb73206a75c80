import { differing, rebase } from '$lib/api/fields';
import type {
  AccessPointDetailsFragment,
  AccessPointKind,
  CreateAccessPointInput,
  UpdateAccessPointInput,
} from '$lib/api/generated/graphql';
import { readOrigins } from './origins';

/** What can be changed of an access point, as it stands in the form. */
export interface Values {
  name: string;
  description: string;
  /** One a line. */
  origins: string;
  whitelistIds: string[];
  whitelistsReportOnly: boolean;
}

/** What is typed into the form of an access point, beside what it began with. */
export class AccessPointEdit {
  code = $state('');
  kind = $state<AccessPointKind>('INTERACTIVE');
  values = $state<Values>({ name: '', description: '', origins: '', whitelistIds: [], whitelistsReportOnly: false });
  #base = $state.raw<AccessPointDetailsFragment | undefined>();

  constructor(point?: AccessPointDetailsFragment) {
    if (point) this.take(point);
  }

  /** Begins again with what stands there. */
  take(point: AccessPointDetailsFragment): void {
    this.#base = point;
    this.code = point.code;
    this.kind = point.kind;
    this.values = valuesOf(point);
  }

  /** Goes on with what was typed, and with what stands there now where nothing was. */
  rebase(point: AccessPointDetailsFragment): void {
    const values = rebase(valuesOf(this.#base ?? point), $state.snapshot(this.values), valuesOf(point));
    this.take(point);
    this.values = values;
  }

  /** What somebody else changed of what the form began with. */
  theirs(point: AccessPointDetailsFragment): (keyof Values)[] {
    return differing(valuesOf(this.#base ?? point), valuesOf(point));
  }

  get dirty(): boolean {
    return !this.#base || differing(valuesOf(this.#base), this.values).length > 0;
  }

  get changesWhitelists(): boolean {
    return this.#base !== undefined && differing(valuesOf(this.#base), this.values).includes('whitelistIds');
  }

  /** Whether the lists begin to refuse, or cease to. */
  get changesMode(): boolean {
    return this.#base !== undefined && this.#base.whitelistsReportOnly !== this.values.whitelistsReportOnly;
  }

  get lines(): number[] {
    return readOrigins(this.values.origins).lines;
  }

  created(): CreateAccessPointInput {
    return { code: this.code, kind: this.kind, ...this.#common() };
  }

  /** Whitelists that the viewer may not see stay as they are. */
  changed(id: string, seesWhitelists: boolean): UpdateAccessPointInput {
    const { whitelistIds, whitelistsReportOnly, ...rest } = this.#common();
    return { id, revision: this.#base?.revision ?? null, ...rest, ...(seesWhitelists ? { whitelistIds, whitelistsReportOnly } : {}) };
  }

  #common() {
    const { name, description, origins, whitelistIds, whitelistsReportOnly } = this.values;
    return {
      name,
      description,
      whitelistIds: [...whitelistIds],
      whitelistsReportOnly,
      ...(this.kind === 'INTERACTIVE' ? { origins: readOrigins(origins).origins } : {}),
    };
  }
}

function valuesOf({ name, description, origins, whitelists, whitelistsReportOnly }: AccessPointDetailsFragment): Values {
  return { name, description, origins: origins.join('\n'), whitelistIds: whitelists?.map(({ id }) => id) ?? [], whitelistsReportOnly };
}
