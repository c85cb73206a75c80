const collator = new Intl.Collator('und', { sensitivity: 'base' });
const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];
const digits = [...'0123456789'];
const letters = new Map<string, string>([['þ', 'th']]); // which the collation sorts behind z

/**
 * Text as the server compares it when it searches: without case, accents and width, with letters such as ł, æ and þ and typographic
 * punctuation in their plain form. What is plain follows from the Unicode collation.
 */
export function plain(text: string): string {
  return text
    .replaceAll('´', "'")
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Me}\u200c\u200d]/gu, '')
    .toLowerCase()
    .replace(/[‘’‚‛‹›′ʹʻʼʽˈ]/g, "'")
    .replace(/[“”„‟«»″ʺ]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[^\p{ASCII}]/gu, (letter) => {
      if (!/[\p{Script=Latin}\p{Nd}]/u.test(letter)) return letter;
      const known = letters.get(letter) ?? plainLetter(letter);
      letters.set(letter, known);
      return known;
    });
}

/** The letters with the same weight, or that which the collation sorts a letter behind. */
function plainLetter(letter: string): string {
  const digit = digits.find((each) => collator.compare(each, letter) === 0);
  if (digit !== undefined) return digit;
  const nearest = alphabet.findLast((each) => collator.compare(each, letter) <= 0);
  if (nearest === undefined || collator.compare('ʒ', letter) < 0) return letter;
  if (collator.compare(nearest, letter) === 0) return nearest;
  return alphabet.map((second) => nearest + second).find((pair) => collator.compare(pair, letter) === 0) ?? nearest;
}
