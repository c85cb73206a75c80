import { triesOf, type Event } from './sentence';

/** An event, and how often the same happened in a row: the newest of them, and when it first did. */
export interface Folded {
  id: string;
  at: string;
  event: Event;
  times: number;
  since: string;
}

const longestGap = 10 * 60_000;

/** Folds the same event in a row into one. Newest first; what lies more than ten minutes apart stays apart. */
export function fold(events: readonly Event[]): Folded[] {
  const folded: Folded[] = [];
  for (const event of events) {
    const newer = folded.at(-1);
    if (newer && same(newer.event, event) && Date.parse(newer.since) - Date.parse(event.at) <= longestGap) {
      newer.times += 1;
      newer.since = event.at;
    } else folded.push({ id: event.id, at: event.at, event, times: 1, since: event.at });
  }
  return folded;
}

/** What the server has counted already is not counted again. */
function same(a: Event, b: Event): boolean {
  return triesOf(a) === 1 && key(a) === key(b);
}

function key({ action, outcome, actorName, apiKey, targetId, targetName, reason, accessPoint, ip, changes }: Event): string {
  return JSON.stringify([action, outcome, actorName, apiKey?.id, targetId, targetName, reason, accessPoint, ip, changes]);
}
