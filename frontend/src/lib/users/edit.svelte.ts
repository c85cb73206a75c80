import type { Language, UpdateUserInput, UserDetailsFragment } from '$lib/api/generated/graphql';
import { entryInputs, entryLines, type EntryLine } from '$lib/whitelists/entries';

/** What can be changed of a user, as it stands in the form. */
interface Values {
  name: string;
  loginName: string;
  email: string;
  language: Language;
  roleIds: string[];
  accessPoints: string[];
  mfaForced: boolean;
  whitelistIds: string[];
}

/** A user that is being changed: as it was read, and as it shall be. Only what differs is sent. */
export class UserEdit {
  /** As it was read; what was typed is compared with it. */
  #base = $state.raw<UserDetailsFragment>() as UserDetailsFragment;
  values = $state() as Values;
  addsList = $state(false);
  listName = $state('');
  lines = $state<EntryLine[]>(entryLines());

  constructor(user: UserDetailsFragment) {
    this.#base = user;
    this.values = valuesOf(user);
  }

  /** Which fields differ from what was read. */
  get changed(): (keyof Values)[] {
    return differing(valuesOf(this.#base), this.values);
  }

  get dirty(): boolean {
    return this.changed.length > 0 || this.addsList;
  }

  get base(): UserDetailsFragment {
    return this.#base;
  }

  get input(): UpdateUserInput {
    const { values, changed } = this;
    return {
      id: this.#base.id,
      revision: this.#base.revision,
      ...Object.fromEntries(changed.map((field) => [field, $state.snapshot(values[field])])),
      ...(this.addsList ? { newWhitelist: { name: this.listName, entries: entryInputs(this.lines) } } : {}),
    };
  }

  /** Takes over what somebody else changed in the meantime; what was typed here stays. */
  rebase(user: UserDetailsFragment): void {
    const typed = Object.fromEntries(this.changed.map((field) => [field, $state.snapshot(this.values[field])]));
    this.#base = user;
    this.values = { ...valuesOf(user), ...typed };
  }
}

function valuesOf(user: UserDetailsFragment): Values {
  return {
    name: user.name,
    loginName: user.loginName,
    email: user.email,
    language: user.language,
    roleIds: user.roles.map((role) => role.id),
    accessPoints: user.accessPoints.map((door) => door.code),
    mfaForced: user.mfaForced,
    whitelistIds: user.whitelists?.map((list) => list.id) ?? [],
  };
}

function differing(before: Values, after: Values): (keyof Values)[] {
  return (Object.keys(before) as (keyof Values)[]).filter((field) => text(before[field]) !== text(after[field]));
}

/** Lists are the same in whatever order. */
function text(value: string | boolean | readonly string[]): string {
  return Array.isArray(value) ? value.toSorted().join() : String(value);
}
