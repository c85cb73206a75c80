import { plain } from '$lib/i18n/plain';

const most = 40;

/** Login names in place of one that is taken, from the name and from what was typed. Three, all different. */
export function suggestLoginNames(wanted: string, name: string): [string, string, string] {
  const words = plain(name)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const short = words.length > 1 ? `${words[0]![0]}.${words.at(-1)}` : '';
  const full = words.length > 1 ? `${words[0]}.${words.at(-1)}` : '';
  const candidates = [short, full, ...[2, 3, 4, 5].map((number) => numbered(wanted, number))]
    .filter((candidate) => candidate.length >= 3 && candidate.length <= most && candidate !== wanted.toLowerCase());
  const [first, second, third] = new Set(candidates);
  return [first!, second!, third!];
}

function numbered(wanted: string, number: number): string {
  return `${wanted.slice(0, most - 1)}${number}`;
}

/** Whether the server would take it for a login name. */
export function isLoginName(text: string): boolean {
  return /^[a-zA-Z0-9._@-]{3,40}$/.test(text);
}
