import type en from './en';
import { translate } from './translate';
import type { Key, Message, Parameters } from './types';

/** The languages of the page, each in its own words. */
export const languages = {
  en: 'English',
  nl: 'Nederlands',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
} as const;

export type LanguageCode = keyof typeof languages;
type English = typeof en;
type Catalogue = Record<string, Record<string, string | { other: string }>>;
export type MessageKey = Key<English>;

const load: Record<LanguageCode, () => Promise<{ default: unknown }>> = {
  en: () => import('./en'),
  nl: () => import('./nl'),
  de: () => import('./de'),
  fr: () => import('./fr'),
  es: () => import('./es'),
};

const storageKey = 'gatehouse-language';

let current = $state<LanguageCode>('en');
let catalogue = $state.raw<Catalogue>({});

/** The language of the page, for Intl and for what is sent to the server. Reactive. */
export function language(): LanguageCode {
  return current;
}

type Rest<K extends MessageKey> = keyof Parameters<Message<English, K>> extends never
  ? []
  : [parameters: Parameters<Message<English, K>>];

/** The message in the language of the page: `t('users.title')`, `t('users.count', { count: 3 })`. Reactive. */
export function t<K extends MessageKey>(key: K, ...rest: Rest<K>): string {
  return translate(catalogue, current, key, rest[0]);
}

/** Loads a language and changes the page to it; `remember` keeps it for the next visit from this browser. */
export async function setLanguage(code: LanguageCode, remember = true): Promise<void> {
  const loaded = await load[code]();
  catalogue = loaded.default as Catalogue;
  current = code;
  document.documentElement.lang = code;
  if (remember) store(code);
}

/** Loads the language chosen on an earlier visit, else the first of the browser's that the page speaks, else English. */
export async function loadLanguage(): Promise<void> {
  if (Object.keys(catalogue).length > 0) return;
  const wanted = [stored(), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())];
  await setLanguage(wanted.find(isLanguage) ?? 'en', false);
}

/** Whether the page speaks it. */
export function isLanguage(code: string | null): code is LanguageCode {
  return code !== null && code in languages;
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null; // storage is switched off
  }
}

function store(code: LanguageCode): void {
  try {
    localStorage.setItem(storageKey, code);
  } catch {
    // Storage is switched off: the choice lives as long as the page.
  }
}
