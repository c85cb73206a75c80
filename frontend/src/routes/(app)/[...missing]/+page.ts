import { error } from '@sveltejs/kit';

/** Every address that no other page answers, so that "nothing here" stands within the shell. */
export function load() {
  error(404);
}
