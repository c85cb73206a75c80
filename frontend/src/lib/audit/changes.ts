import type { Event } from './sentence';

/** A field of an event for the table: what was taken away and what came. Of a secret neither is known. */
export interface Row {
  field: string;
  before: string[];
  after: string[];
  secret: boolean;
}

/** What stands in the sentence or below it, and so in no table. */
const told = new Set(['assurance', 'tries']);
const lists = new Set(['permissions', 'roles', 'accessPoints', 'whitelists', 'origins', 'entries']);

/** The rows of an event's table. Of a list only those members that came or went. */
export function rowsOf(event: Event): Row[] {
  const shown = event.changes.filter(({ field }) => !told.has(field) && !named(field, event.action));
  return shown.map(({ field, before, after }) => {
    const was = members(field, before);
    const is = members(field, after);
    return {
      field,
      before: was.filter((member) => !is.includes(member)),
      after: is.filter((member) => !was.includes(member)),
      secret: before == null && after == null,
    };
  });
}

/** Whether the sentence of an action says already that the field changed. */
function named(field: string, action: string): boolean {
  return (field === 'method' && action !== 'mfa.rename') || (field === 'password' && action === 'user.setPassword');
}

function members(field: string, value: string | null | undefined): string[] {
  if (value == null) return [];
  if (field === 'entries') return value.split(/, (?=[\da-fA-F:.]+\/\d+)/); // a note can hold a comma
  return lists.has(field) ? value.split(', ') : [value];
}
