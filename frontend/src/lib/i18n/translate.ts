import type { Area, Plural } from './types';

/**
 * The message of a catalogue with its parameters filled in. A plural takes the form of `count`; numbers are written as the
 * language writes them.
 */
export function translate(
  catalogue: Readonly<Record<string, Area>>,
  language: string,
  key: string,
  parameters: Record<string, string | number> = {},
): string {
  const dot = key.indexOf('.');
  const message = catalogue[key.slice(0, dot)]?.[key.slice(dot + 1)] ?? key;
  const text = typeof message === 'string' ? message : pluralForm(message, language, Number(parameters.count));
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

function pluralForm(message: Plural, language: string, count: number): string {
  return message[new Intl.PluralRules(language).select(count)] ?? message.other;
}
