import { plain } from '$lib/i18n/plain';

/** The digits of a code as it was typed or pasted: without spaces, hyphens or what else stands between them, at most six. */
export function digitsOf(text: string): string {
  return plain(text).replace(/[^0-9]/g, '').slice(0, 6); // keyboards of other scripts have digits of their own
}
