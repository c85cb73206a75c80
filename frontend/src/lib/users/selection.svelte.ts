import { SvelteMap } from 'svelte/reactivity';
import type { UserRowFragment } from '$lib/api/generated/graphql';

/** The users that are ticked, also those of other pages. */
export class Selection {
  readonly #rows = new SvelteMap<string, UserRowFragment>();

  get size(): number {
    return this.#rows.size;
  }

  get rows(): UserRowFragment[] {
    return [...this.#rows.values()];
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  set(users: readonly UserRowFragment[], on: boolean): void {
    for (const user of users) {
      if (on) this.#rows.set(user.id, user);
      else this.#rows.delete(user.id);
    }
  }

  clear(): void {
    this.#rows.clear();
  }
}
