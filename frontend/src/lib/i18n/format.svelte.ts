import { language, t } from './index.svelte';
import { agoParts, daysAway, whenParts } from './when';

let minute = $state(Date.now());
let watchers = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Keeps relative times true while somebody looks at them; call it in `$effect` and return what it returns. */
export function watchMinutes(): () => void {
  if (watchers++ === 0) timer = setInterval(() => (minute = Date.now()), 30_000);
  return () => {
    if (--watchers === 0) clearInterval(timer);
  };
}

/** "3 minutes ago", "Today, 08:41", "18 Aug, 11:37", "3 Feb 2025", "in 4 minutes". */
export function formatWhen(time: string): string {
  const parts = whenParts(Date.parse(time), Math.max(minute, Date.now()));
  switch (parts.kind) {
    case 'now':
      return t('common.justNow');
    case 'minutes':
      return new Intl.RelativeTimeFormat(language()).format(parts.value, 'minute');
    case 'day': {
      const day = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(parts.value, 'day');
      return `${capital(day)}, ${formatClock(time)}`;
    }
    case 'year':
      return `${formatWith(time, { day: 'numeric', month: 'short' })}, ${formatClock(time)}`;
    case 'older':
      return formatDate(time);
  }
}

/** Whether a time that is to come is less than a minute away, or past. */
export function isDue(time: string): boolean {
  return Date.parse(time) - Math.max(minute, Date.now()) < 60_000;
}

/** "2 days ago", "yesterday": within a sentence. */
export function formatAgo(time: string): string {
  const { value, unit } = agoParts(Date.parse(time), Math.max(minute, Date.now()));
  return new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(value, unit);
}

/** "Monday 23 November 2026 at 08:41:07 CET": for the title of a relative time. */
export function formatExact(time: string): string {
  return formatWith(time, { dateStyle: 'full', timeStyle: 'long' });
}

/** "3 Feb 2025" */
export function formatDate(time: string): string {
  return formatWith(time, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** "Today, Monday 23 November", for the heads of lists by day; with the year where it is another. */
export function formatDay(time: string): string {
  const now = Math.max(minute, Date.now());
  const days = daysAway(Date.parse(time), now);
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  const day = formatWith(time, { weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) });
  if (Math.abs(days) > 1) return capital(day);
  return `${capital(new Intl.RelativeTimeFormat(language(), { numeric: 'auto' }).format(days, 'day'))}, ${day}`;
}

/** "08:41" */
export function formatClock(time: string): string {
  return formatWith(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** "Office Zwolle, Büro Münster and Femke at home" */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items);
}

/** The first of some names, and how many more there are: "Femke, Jürgen and 12 more". */
export function formatNames(first: readonly string[], total: number): string {
  const more = total - first.length;
  return more > 0 ? t('common.namesMore', { names: first.join(', '), count: more }) : formatList(first);
}

/** The name of a language in the page's language: "Dutch". */
export function formatLanguage(code: string): string {
  return new Intl.DisplayNames(language(), { type: 'language' }).of(code.toLowerCase()) ?? code;
}

/** British English: day before month, 24 hours, no comma before the "and" of a list. */
function locale(): string {
  return language() === 'en' ? 'en-GB' : language();
}

function formatWith(time: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), options).format(new Date(time));
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}
