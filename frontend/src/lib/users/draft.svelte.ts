import type { AccessPointKind, CreateUserInput, Language, UserKind } from '$lib/api/generated/graphql';
import { entryInputs, entryLines, filledLines, type EntryLine } from '$lib/whitelists/entries';

/** What is kept over a reload: everything but the password. */
interface Kept {
  kind: UserKind;
  name: string;
  loginName: string;
  email: string;
  language: Language;
  passwordNow: boolean;
  roleIds: string[];
  accessPoints: string[];
  mfaForced: boolean;
  whitelistIds: string[];
  addsList: boolean;
  listName: string;
  entries: { cidr: string; note: string }[];
}

const storageKey = 'gatehouse-new-user';

/** A user that is being made. Kept in this tab, for this viewer, until it is made or given up. */
export class Draft {
  kind = $state<UserKind>('PERSONAL');
  name = $state('');
  loginName = $state('');
  email = $state('');
  language = $state<Language>('EN');
  passwordNow = $state(false);
  password = $state('');
  roleIds = $state<string[]>([]);
  accessPoints = $state<string[]>(['WEB']);
  mfaForced = $state(true);
  whitelistIds = $state<string[]>([]);
  addsList = $state(false);
  listName = $state('');
  lines = $state<EntryLine[]>(entryLines());
  /** Whether it was found again. */
  restored = $state(false);

  constructor(
    readonly viewerId: string,
    readonly ownLanguage: Language,
    /** What it begins as, where nothing was kept. */
    readonly firstKind: UserKind = 'PERSONAL',
  ) {
    this.language = ownLanguage;
    this.setKind(firstKind, []);
    const kept = read(viewerId);
    if (!kept) return;
    const { entries, ...rest } = kept;
    Object.assign(this, rest);
    this.lines = entryLines(entries);
    this.restored = true;
  }

  /** A program has no page to sign in at and no password; a second factor is always asked of who would sign in as it. */
  setKind(kind: UserKind, doors: readonly { code: string; kind: AccessPointKind }[]): void {
    this.kind = kind;
    if (kind === 'PERSONAL') {
      this.accessPoints = ['WEB'];
      return;
    }
    const programmatic = this.accessPoints.filter((code) => doors.some((door) => door.code === code && door.kind === 'PROGRAMMATIC'));
    this.accessPoints = programmatic.length > 0 ? programmatic : ['API'];
    this.mfaForced = true;
    this.passwordNow = false;
    this.password = '';
  }

  /** Without the key that makes it repeatable. */
  get input(): CreateUserInput {
    return {
      kind: this.kind,
      name: this.name,
      loginName: this.loginName.trim(),
      email: this.email.trim(),
      language: this.language,
      password: this.passwordNow ? this.password : null,
      roleIds: [...this.roleIds],
      mfaForced: this.mfaForced,
      accessPoints: [...this.accessPoints],
      whitelistIds: [...this.whitelistIds],
      newWhitelist: this.addsList ? { name: this.listName, entries: entryInputs(this.lines) } : null,
    };
  }

  /** Keeps the draft; call it in an effect. A draft that holds nothing is not kept. */
  keep(): void {
    const kept = this.#kept();
    const begun = [kept.name, kept.loginName, kept.email, kept.listName, ...kept.roleIds, ...kept.whitelistIds].some(Boolean);
    try {
      if (begun) sessionStorage.setItem(storageKey, JSON.stringify({ viewerId: this.viewerId, kept }));
      else sessionStorage.removeItem(storageKey);
    } catch {
      // Storage is switched off: the draft lives as long as the page.
    }
  }

  /** Begins anew, with nothing kept. */
  clear(): void {
    const fresh = new Draft('', this.ownLanguage, this.firstKind);
    Object.assign(this, fresh.#kept(), { password: '', lines: entryLines(), restored: false });
    this.keep();
  }

  #kept(): Kept {
    return {
      kind: this.kind,
      name: this.name,
      loginName: this.loginName,
      email: this.email,
      language: this.language,
      passwordNow: this.passwordNow,
      roleIds: [...this.roleIds],
      accessPoints: [...this.accessPoints],
      mfaForced: this.mfaForced,
      whitelistIds: [...this.whitelistIds],
      addsList: this.addsList,
      listName: this.listName,
      entries: filledLines(this.lines).map(({ cidr, note }) => ({ cidr, note })),
    };
  }
}

function read(viewerId: string): Kept | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as { viewerId: string; kept: Kept } | null;
    return stored?.viewerId === viewerId ? stored.kept : null;
  } catch {
    return null; // storage is switched off, or holds what another version of the page wrote
  }
}
