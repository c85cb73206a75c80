/** How hard a password is to guess, for the four stones beside the field. The server has the last word. */
export type Strength = 0 | 1 | 2 | 3 | 4;

const sequences = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const favourites = ['password', 'wachtwoord', 'passwort', 'motdepasse', 'contrasena', 'welcome', 'welkom', 'letmein', 'admin', 'qwerty'];

/**
 * 0 for none, 1 weak to 4 very strong. A password shorter than the minimum is weak whatever it holds. `personal` are names
 * that belong to the user: what is made of them counts for little.
 */
export function strength(password: string, minLength: number, personal: readonly string[] = []): Strength {
  if (password === '') return 0;
  if ([...password].length < minLength) return 1;
  const bits = estimateBits(password, personal);
  if (bits < 36) return 1;
  if (bits < 50) return 2;
  return bits < 64 ? 3 : 4;
}

function estimateBits(password: string, personal: readonly string[]): number {
  const known = [...favourites, ...personal.flatMap((name) => name.toLowerCase().split(/[^\p{L}\p{N}]+/u))];
  let rest = password.toLowerCase();
  let bits = 0;
  for (const word of known.filter((each) => each.length >= 4)) {
    if (!rest.includes(word)) continue;
    rest = rest.replaceAll(word, '\n');
    bits += 4;
  }
  const characters = [...rest].filter((character) => character !== '\n');
  return bits + characters.reduce((sum, _, at) => sum + bitsAt(characters, at), 0);
}

/** A character tells less after its like or its neighbour, and a letter after a letter is half a word already. */
function bitsAt(characters: readonly string[], at: number): number {
  const here = characters[at]!;
  const before = characters[at - 1];
  if (before !== undefined && (here === before || follows(before, here))) return 0.5;
  if (characters.slice(0, at).filter((each) => each === here).length > 2) return 1;
  if (/\p{L}/u.test(here)) return before !== undefined && /\p{L}/u.test(before) ? 2.2 : 4.7;
  return /\d/.test(here) ? 3.3 : 4;
}

function follows(before: string, here: string): boolean {
  return sequences.some((sequence) => sequence.includes(before + here) || sequence.includes(here + before));
}
