/** The initials of a person: of the first and the last word that begins with a capital, else of the first two words. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const capital = words.filter((word) => /^\p{Lu}/u.test(word));
  const chosen = capital.length >= 2 ? [capital[0]!, capital.at(-1)!] : words.slice(0, 2);
  return chosen.map((word) => [...word][0]!.toLocaleUpperCase()).join('');
}

/** Which of the five tints a user wears, always the same for the same ID: 1 to 5. */
export function tint(id: string): 1 | 2 | 3 | 4 | 5 {
  const sum = [...id].reduce((hash, character) => (hash * 31 + character.codePointAt(0)!) >>> 0, 7);
  return ((sum % 5) + 1) as 1 | 2 | 3 | 4 | 5;
}
