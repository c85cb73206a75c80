import { words } from './words';

/** A whole number below `limit`, each as likely as the other, from the browser's cryptographic source. */
export function randomBelow(limit: number): number {
  const fair = 2 ** 32 - (2 ** 32 % limit); // from here on some remainders would come up more often
  for (;;) {
    const drawn = crypto.getRandomValues(new Uint32Array(1))[0]!;
    if (drawn < fair) return drawn % limit;
  }
}

/** Six words and a two-digit number among them: easy to read over the phone, 62 bits with 512 words. */
export function generatePassword(): string {
  const parts = Array.from({ length: 6 }, () => words[randomBelow(words.length)]!);
  parts.splice(1 + randomBelow(5), 0, String(10 + randomBelow(90)));
  return parts.join('-');
}
