import { differing, rebase } from '$lib/api/fields';
import type { Language, UpdateUserInput, UserDetailsFragment } from '$lib/api/generated/graphql';
import { entryInputs, entryLines, type EntryLine } from '$lib/whitelists/entries';

/** What can be changed of a user, as it stands in the form. */
export interface Values {
  name: string;
  loginName: string;
  email: string;
  language: Language;
  roleIds: string[];
  accessPoints: string[];
  mfaForced: boolean;
  whitelistIds: string[];
  whitelistsReportOnly: boolean;
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

  /** Whether any whitelist of the user's own is asked afterwards. */
  get asksWhitelists(): boolean {
    return this.values.whitelistIds.length > 0 || this.addsList;
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

  /** Begins again with what stands there. */
  take(user: UserDetailsFragment): void {
    this.#base = user;
    this.values = valuesOf(user);
    this.addsList = false;
  }

  /** Goes on with what was typed, and with what stands there now where nothing was. */
  rebase(user: UserDetailsFragment): void {
    this.values = rebase(valuesOf(this.#base), $state.snapshot(this.values), valuesOf(user));
    this.#base = user;
  }

  /** What somebody else changed of what was read. */
  theirs(user: UserDetailsFragment): (keyof Values)[] {
    return differing(valuesOf(this.#base), valuesOf(user));
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
    whitelistsReportOnly: user.whitelistsReportOnly,
  };
}
