const storageKey = 'gatehouse-account';

/** The handle of the account that was last signed in to from this browser; empty when there was none. */
export function rememberedAccount(): string {
  try {
    return localStorage.getItem(storageKey) ?? '';
  } catch {
    return ''; // storage is switched off
  }
}

/** Keeps the handle, so that the next sign-in has one field less to fill in. Login names are not kept. */
export function rememberAccount(handle: string): void {
  try {
    localStorage.setItem(storageKey, handle);
  } catch {
    // Storage is switched off: it is typed again next time.
  }
}
