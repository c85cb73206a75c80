import type { EventPartsFragment } from '$lib/api/generated/graphql';
import type { MessageKey } from '$lib/i18n/index.svelte';

/** An event as the trail tells it. */
export type Event = EventPartsFragment;

/** Every action that has a sentence. */
export const actions = [
  'account.create', 'account.update', 'account.updatePolicy', 'account.rotateKeys',
  'user.create', 'user.update', 'user.deactivate', 'user.reactivate', 'user.unlock', 'user.resendWelcome', 'user.resendMail', 'user.resetMfa',
  'user.restoreAccess', 'user.setPassword', 'user.changeEmail', 'user.confirmEmail', 'user.requestPasswordReset',
  'session.signIn', 'session.signOut', 'session.revoke', 'session.revokeOthers', 'session.stepUp', 'session.refuse', 'session.enter',
  'mfa.enrol', 'mfa.rename', 'mfa.remove', 'mfa.regenerateRecoveryCodes',
  'role.create', 'role.update', 'role.delete',
  'accessPoint.create', 'accessPoint.update', 'accessPoint.delete', 'accessPoint.rotateSecret',
  'whitelist.create', 'whitelist.update', 'whitelist.delete',
  'apiKey.create', 'apiKey.update', 'apiKey.rotate', 'apiKey.revoke', 'apiKey.refuse',
] as const;
export type Action = (typeof actions)[number];

type Did = Extract<MessageKey, `events.did.${string}`>;
type Failed = Extract<MessageKey, `events.failed.${string}`>;
export type Sentence = Did | Failed | 'events.denied' | 'events.deniedOn' | 'events.unknownAction';

const own: Partial<Record<Action, Did>> = {
  'user.update': 'events.did.user.update.own',
  'user.setPassword': 'events.did.user.setPassword.own',
  'session.revoke': 'events.did.session.revoke.own',
};
const failed: Partial<Record<Action, Failed>> = {
  'session.signIn': 'events.failed.signIn',
  'session.stepUp': 'events.failed.stepUp',
  'user.setPassword': 'events.failed.setPassword',
};
/** A refusal is what these tell of. */
const turnedAway: ReadonlySet<Action> = new Set(['session.refuse', 'apiKey.refuse']);
const signedIn: Record<string, Did> = {
  PASSWORD: 'events.did.session.signIn',
  MFA: 'events.did.session.signIn.mfa',
  ENROLMENT_REQUIRED: 'events.did.session.signIn.enrol',
};

export function isAction(action: string): action is Action {
  return (actions as readonly string[]).includes(action);
}

/** Which sentence tells an event. */
export function sentenceOf(event: Event): Sentence {
  const { action, outcome } = event;
  if (!isAction(action)) return 'events.unknownAction'; // of a newer server
  if (outcome === 'SUCCEEDED' || turnedAway.has(action)) return didOf(event, action);
  const named = event.targetName !== null && !onSelf(event);
  if (action === 'session.signIn' && named) return 'events.failed.signInAs';
  return (outcome === 'FAILED' && failed[action]) || (named ? 'events.deniedOn' : 'events.denied');
}

function didOf(event: Event, action: Action): Did {
  if (action === 'session.signIn') return signedIn[after(event, 'assurance') ?? ''] ?? 'events.did.session.signIn';
  return (onSelf(event) && own[action]) || `events.did.${action}`;
}

function onSelf(event: Event): boolean {
  return event.targetName === event.actorName;
}

/** The name of the second factor that an event is about. */
export function methodOf({ changes }: Event): string {
  const method = changes.find(({ field }) => field === 'method');
  return method?.after ?? method?.before ?? '';
}

/** How many tries an event stands for. */
export function triesOf(event: Event): number {
  return Number(after(event, 'tries') ?? 1);
}

function after({ changes }: Event, field: string): string | null | undefined {
  return changes.find((change) => change.field === field)?.after;
}

/** A piece of a sentence: words, or the place of somebody or something with a name. */
export type Piece = { words: string } | { place: 'actor' | 'target' | 'method' };

/** What stands for a place while a sentence is put together: characters that no text has. */
export const places = { actor: '\u{e000}', target: '\u{e001}', method: '\u{e002}' } as const;

/** A sentence in its pieces, so that names can be links and stand in mono whatever the order of the language. */
export function pieces(sentence: string): Piece[] {
  const names = Object.keys(places) as (keyof typeof places)[];
  return sentence
    .split(/([\u{e000}-\u{e002}])/u)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const place = names.find((name) => places[name] === piece);
      return place ? { place } : { words: piece };
    });
}

const routes: Record<string, string> = { user: '/users/', role: '/roles/', ap: '/access-points/', wl: '/whitelists/', key: '/keys/' };

/** The address of what has an ID, or undefined where it has no page. */
export function hrefOf(id: string): string | undefined {
  const route = routes[id.slice(0, id.lastIndexOf('_'))];
  return route && `${route}${id}`;
}
