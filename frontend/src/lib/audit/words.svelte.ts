import { formatExact, formatLanguage } from '$lib/i18n/format.svelte';
import { t, type MessageKey } from '$lib/i18n/index.svelte';
import { isAction, triesOf, type Event } from './sentence';

/** What an action is called where it is chosen, as in a filter: "Change a role". */
export function actionLabel(action: string): string {
  if (!isAction(action)) return action;
  const what = t(`events.what.${action}`);
  return what.charAt(0).toLocaleUpperCase() + what.slice(1);
}

/** What was tried, within a sentence: "change a role". */
export function whatOf(event: Event): string {
  return isAction(event.action) ? t(`events.what.${event.action}`) : event.action;
}

/** Second line of an event: why not, through which door, from where, how often. */
export function circumstances(event: Event): string {
  const { accessPoint: door, ip } = event;
  const place =
    door && ip ? t('events.throughFrom', { door, ip }) : door ? t('events.through', { door }) : ip ? t('events.from', { ip }) : '';
  const tries = triesOf(event);
  return [
    event.reason ? reasonLabel(event.reason) : '',
    place || (event.actorName === 'system' ? t('events.byServer') : ''),
    event.apiKey ? t('events.withKey', { key: event.apiKey.description, hint: event.apiKey.hint }) : '',
    tries > 1 ? t('events.tries', { count: tries }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** "14 times in 6 minutes" */
export function repetition(times: number, since: string, until: string): string {
  const minutes = Math.max(1, Math.round((Date.parse(until) - Date.parse(since)) / 60_000));
  return t('audit.repeated', { times: t('audit.times', { count: times }), span: t('audit.minutes', { count: minutes }) });
}

/** Why it was refused. The trail has a code, or the permission that was missing. */
export function reasonLabel(reason: string): string {
  const permission = /^FORBIDDEN (.+)$/.exec(reason)?.[1];
  if (permission) return t('events.reason.permission', { permission });
  return find(`events.reason.${reason}`) ?? reason;
}

/** The name of a field in the table of an event. */
export function fieldLabel(field: string): string {
  return find(`events.field.${field}`) ?? field;
}

/** A value in the table of an event, as the page says it elsewhere. */
export function valueLabel(field: string, value: string): string {
  if (field === 'language') return formatLanguage(value);
  if (moments.has(field) && !Number.isNaN(Date.parse(value))) return formatExact(value);
  return (enumerated.has(field) && find(`events.value.${value}`)) || value;
}

const enumerated = new Set(['mfaForced', 'kind', 'status', 'restricted']);
const moments = new Set(['expiresAt', 'revokedAt']);

/** The message of a key that came from the server, where there is one. */
function find(key: string): string | undefined {
  const text = t(key as Extract<MessageKey, 'events.field'>);
  return text === key ? undefined : text;
}
