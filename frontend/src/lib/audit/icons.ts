import type { IconName } from '$lib/components/icons';
import type { Event } from './sentence';

const byAction: Record<string, IconName> = {
  'user.create': 'user-plus',
  'user.deactivate': 'ban',
  'user.unlock': 'lock-open',
  'user.resendWelcome': 'send',
  'user.setPassword': 'key-round',
  'user.requestPasswordReset': 'key-round',
  'user.changeEmail': 'mail',
  'user.confirmEmail': 'mail',
  'session.signIn': 'door-open',
  'session.enter': 'door-open',
  'session.stepUp': 'shield-check',
  'apiKey.rotate': 'refresh-cw',
  'accessPoint.rotateSecret': 'key-round',
};
const byNoun: Record<string, IconName> = {
  account: 'settings',
  user: 'user',
  session: 'log-out',
  mfa: 'smartphone',
  role: 'shield-check',
  accessPoint: 'door-open',
  whitelist: 'globe-lock',
  apiKey: 'key-round',
};

export function iconOf({ action, outcome, reason }: Event): IconName {
  if (reason === 'LOCKED') return 'lock-keyhole';
  if (outcome !== 'SUCCEEDED') return 'ban';
  return byAction[action] ?? byNoun[action.slice(0, action.indexOf('.'))] ?? 'scroll-text';
}
