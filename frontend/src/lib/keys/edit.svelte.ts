import { differing, rebase } from '$lib/api/fields';
import type { CreateApiKeyInput, KeyDetailsFragment, KeyOwnerFragment, UpdateApiKeyInput } from '$lib/api/generated/graphql';
import type { Permission, Tick, Ticks } from '$lib/roles/matrix';
import { endOf, firstEnding, type Ends } from './expiry';

/** What can be changed of a key, as it stands in the form; when it ends is chosen beside it. */
export interface Values {
  description: string;
  expiresAt: string | null;
  accessPoints: string[];
  /** Null: all that its user may. */
  restrictedTo: string[] | null;
  whitelistIds: string[];
}

/** A key that is being made or changed. Of one that there is, only what differs is sent. */
export class KeyEdit implements Ticks {
  #base = $state.raw<KeyDetailsFragment | undefined>();
  values = $state() as Values;
  ends = $state<Ends>('keep');
  /** The last day, where one is chosen. */
  date = $state('');
  readonly ticked = $derived(new Set(this.values.restrictedTo ?? []));
  /** What was chosen before all was. */
  #chosen: string[] = [];

  constructor(
    readonly owner: KeyOwnerFragment,
    /** How long a key lives at most; null: for ever. */
    readonly maxDays: number | null,
    key?: KeyDetailsFragment,
  ) {
    if (key) {
      this.take(key);
    } else {
      const doors = owner.accessPoints.filter(({ kind }) => kind === 'PROGRAMMATIC').map(({ code }) => code);
      this.values = { description: '', expiresAt: null, accessPoints: doors.length === 1 ? doors : doors.filter((code) => code === 'API'), restrictedTo: null, whitelistIds: [] };
      this.ends = firstEnding(maxDays);
    }
  }

  get base(): KeyDetailsFragment | undefined {
    return this.#base;
  }

  /** Begins again with what stands there. */
  take(key: KeyDetailsFragment): void {
    this.#base = key;
    this.values = valuesOf(key);
    this.ends = 'keep';
    this.date = '';
  }

  /** Goes on with what was typed, and with what stands there now where nothing was. */
  rebase(key: KeyDetailsFragment): void {
    this.values = rebase(valuesOf(this.#base ?? key), $state.snapshot(this.values), valuesOf(key));
    this.#base = key;
  }

  /** What somebody else changed of what was read. */
  theirs(key: KeyDetailsFragment): (keyof Values)[] {
    return differing(valuesOf(this.#base ?? key), valuesOf(key));
  }

  /** Which fields differ from what was read. */
  get changed(): (keyof Values)[] {
    if (!this.#base) return [];
    return [...differing(valuesOf(this.#base), this.values), ...(this.ends === 'keep' ? [] : (['expiresAt'] as const))];
  }

  /** When it ends; null: never; undefined: the day is still to be chosen. */
  get end(): string | null | undefined {
    return this.ends === 'keep' ? this.values.expiresAt : endOf(this.ends, this.date, Date.now(), this.maxDays);
  }

  get created(): CreateApiKeyInput {
    const { description, accessPoints, restrictedTo, whitelistIds } = $state.snapshot(this.values);
    return { userId: this.owner.id, description, accessPoints, permissions: restrictedTo, whitelistIds, expiresAt: this.end ?? null };
  }

  get update(): UpdateApiKeyInput {
    const { description, accessPoints, restrictedTo, whitelistIds } = $state.snapshot(this.values);
    const given: Record<keyof Values, Partial<UpdateApiKeyInput>> = {
      description: { description },
      accessPoints: { accessPoints },
      restrictedTo: restrictedTo ? { permissions: restrictedTo } : { unrestricted: true },
      whitelistIds: { whitelistIds },
      expiresAt: this.end ? { expiresAt: this.end } : { neverExpires: true },
    };
    const changed = this.changed.map((field) => given[field]);
    return Object.assign({ id: this.#base!.id, revision: this.#base!.revision }, ...changed) as UpdateApiKeyInput;
  }

  get restricted(): boolean {
    return this.values.restrictedTo !== null;
  }

  restrict(on: boolean): void {
    if (!on && this.values.restrictedTo) this.#chosen = $state.snapshot(this.values.restrictedTo);
    this.values.restrictedTo = on ? this.#chosen : null;
  }

  /** What the key is restricted to and its user no longer has. */
  get lost(): string[] {
    const known = [...(this.#base?.restrictedTo ?? []), ...this.ticked];
    return [...new Set(known)].filter((code) => !this.owner.permissions.includes(code));
  }

  tick({ code }: Permission): Tick {
    const before = this.#base?.restrictedTo;
    if (!before || before.includes(code) === this.ticked.has(code)) return 'same';
    return this.ticked.has(code) ? 'add' : 'del';
  }

  /** Every box can be changed: only what its user has is shown. */
  reason(): undefined {
    return undefined;
  }

  set(permissions: readonly Permission[], on: boolean): void {
    const codes = permissions.map(({ code }) => code);
    const rest = [...this.ticked].filter((code) => !codes.includes(code));
    this.values.restrictedTo = on ? [...rest, ...codes] : rest;
  }
}

function valuesOf(key: KeyDetailsFragment): Values {
  return {
    description: key.description,
    expiresAt: key.expiresAt ?? null,
    accessPoints: key.accessPoints.map(({ code }) => code),
    restrictedTo: key.restrictedTo ? [...key.restrictedTo] : null,
    whitelistIds: key.whitelists?.map(({ id }) => id) ?? [],
  };
}
