import type { UserKind, UserStatus } from '$lib/api/generated/graphql';

/**
 * What a viewer may do to a user, so that the page explains before the server refuses. The server decides.
 * `hidden`: does not apply, or no permission for it at all; `allowed`; else why not.
 */
export type Guard = 'hidden' | 'allowed' | Refusal;
/** Reasons that a button gives: `users.refused…` has the words. */
export type Refusal = 'AdminOnly' | 'Beyond' | 'Own';

export type UserAction = 'edit' | 'resend' | 'unlock' | 'resetFactor' | 'setPassword' | 'forceFactor' | 'endSession' | 'deactivate' | 'reactivate';

/** What is asked of the user that something is done to. */
export interface Subject {
  id: string;
  kind: UserKind;
  status: UserStatus;
  lockedUntil?: string | null;
  lastSignInAt?: string | null;
  viewerCanManage: boolean;
  roles: readonly { name: string; builtIn: boolean }[];
  mfa: { enrolled: boolean; required: boolean };
}

/** What is asked of the viewer. */
export interface Actor {
  id: string;
  permissions: readonly string[];
}

export function guard(action: UserAction, subject: Subject, actor: Actor): Guard {
  const { permission, applies, own, within } = rules[action];
  if (!actor.permissions.includes(permission) || !applies(subject)) return 'hidden';
  if (subject.id === actor.id) return own;
  if (subject.viewerCanManage) return 'allowed';
  if (holdsAdmin(subject)) return 'AdminOnly';
  return within === 'manage' ? 'Beyond' : 'allowed';
}

/** Whether the user has the built-in role that only its holders give and take. */
export function holdsAdmin({ roles }: Pick<Subject, 'roles'>): boolean {
  return roles.some((role) => role.builtIn && role.name === 'admin');
}

interface Rule {
  permission: string;
  applies: (subject: Subject) => boolean;
  /** On oneself. */
  own: Guard;
  /** Whether it opens doors of the user, so that one's own permissions must include theirs. */
  within: 'touch' | 'manage';
}

const alive = ({ status }: Subject) => status !== 'DEACTIVATED';
const person = (subject: Subject) => subject.kind === 'PERSONAL' && alive(subject);

const rules: Record<UserAction, Rule> = {
  edit: { permission: 'UPDATE_USER', applies: () => true, own: 'allowed', within: 'touch' },
  // Who has come in already needs no welcome.
  resend: { permission: 'CREATE_USER', applies: (subject) => alive(subject) && !subject.lastSignInAt, own: 'hidden', within: 'manage' },
  unlock: { permission: 'UPDATE_USER', applies: ({ lockedUntil }) => Boolean(lockedUntil), own: 'hidden', within: 'manage' },
  resetFactor: { permission: 'UPDATE_USER', applies: (subject) => person(subject) && subject.mfa.enrolled, own: 'Own', within: 'manage' },
  setPassword: { permission: 'UPDATE_USER', applies: person, own: 'Own', within: 'manage' },
  forceFactor: {
    permission: 'UPDATE_USER',
    applies: (subject) => person(subject) && !subject.mfa.required,
    own: 'hidden',
    within: 'manage',
  },
  endSession: { permission: 'UPDATE_USER', applies: () => true, own: 'allowed', within: 'touch' },
  deactivate: { permission: 'DEACTIVATE_USER', applies: alive, own: 'Own', within: 'touch' },
  reactivate: { permission: 'DEACTIVATE_USER', applies: (subject) => !alive(subject), own: 'hidden', within: 'manage' },
};
