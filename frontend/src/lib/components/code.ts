/** The digits of a code as it was typed or pasted: without spaces, hyphens or what else stands between them, at most six. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/[^0-9]/g, '').slice(0, 6); // full-width digits come from East Asian keyboards
}
