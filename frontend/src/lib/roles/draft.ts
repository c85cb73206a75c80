import type { RoleEdit } from './edit.svelte';

const storageKey = 'gatehouse-new-role';

interface Stored {
  name: string;
  description: string;
  permissions: string[];
}

/** A new role as it is being made, kept over a reload of the page until it is created. */
export class Draft {
  constructor(private readonly edit: RoleEdit) {
    const stored = read();
    if (!stored) return;
    edit.name = stored.name;
    edit.description = stored.description;
    for (const code of stored.permissions) edit.ticked.add(code);
  }

  /** Call it in $effect: it follows every change. */
  keep(): void {
    const { name, description, ticked } = this.edit;
    write({ name, description, permissions: [...ticked] });
  }

  forget(): void {
    write(null);
  }
}

function read(): Stored | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null');
    return isStored(stored) ? stored : null;
  } catch {
    return null; // storage is switched off, or holds something else
  }
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { name, description, permissions } = value as Partial<Stored>;
  return typeof name === 'string' && typeof description === 'string' && Array.isArray(permissions);
}

function write(value: Stored | null): void {
  try {
    if (value) sessionStorage.setItem(storageKey, JSON.stringify(value));
    else sessionStorage.removeItem(storageKey);
  } catch {
    // Storage is switched off: the draft lives as long as the page.
  }
}
