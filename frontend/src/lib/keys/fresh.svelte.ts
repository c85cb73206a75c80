import type { KeyRowFragment } from '$lib/api/generated/graphql';

/** A key that was just made, with its text, which nobody can read again. */
export interface Fresh {
  key: KeyRowFragment;
  secret: string;
}

let held = $state.raw<Fresh | null>(null);

/** The key that was just made, for its page to show. It is in memory alone, until that page is left. Reactive. */
export function fresh(): Fresh | null {
  return held;
}

export function hold(next: Fresh): void {
  held = next;
}

export function forget(): void {
  held = null;
}
