import { expect, test } from 'vitest';
import { plain } from './plain';

test.each([
  ['Łukasz Wałęsa', 'lukasz walesa'],
  ['Søren Ørsted', 'soren orsted'],
  ['Đorđe Ðuro', 'dorde duro'],
  ['Æsir œuvre', 'aesir oeuvre'],
  ['Þór', 'thor'],
  ['Straße STRASSE', 'strasse strasse'],
  ['Işıl İpek', 'isil ipek'],
  ['Ŋgũgĩ Ħamrun', 'ngugi hamrun'],
  ['O’Brien O´Brien', "o'brien o'brien"],
  ['Anne–Marie', 'anne-marie'],
  ['Ａｄａ ٣', 'ada 3'],
  ['Ёлка 東京', 'елка 東京'],
  ['VIEW_DOMAIN', 'view_domain'],
])('%j is searched as %j', (text, folded) => {
  expect(plain(text)).toBe(folded);
  expect(plain(plain(text))).toBe(folded);
});
