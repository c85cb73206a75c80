import type en from '../en/errors';
import type { Translation } from '../types';

const errors: Translation<typeof en> = {
  network: 'Pas de connexion à Gatehouse. Rien n’a changé. Réessayez.',
  offline: 'Vous êtes hors ligne. Ce que vous voyez peut être ancien.',
  rateLimited: { one: 'Trop d’essais. Attendez {count} minute, puis réessayez.', other: 'Trop d’essais. Attendez {count} minutes, puis réessayez.' },
  internal: 'Gatehouse n’a pas pu le faire. Réessayez dans un instant.',
  requestId: 'Donnez ce numéro à un administrateur : {id}',
  badInput: 'Gatehouse ne comprend pas cette demande. Rechargez la page.',
  forbidden: 'Vous n’en avez pas le droit. Un administrateur peut vous donner la permission.',
  unauthenticated: 'Vous êtes déconnecté. Reconnectez-vous.',
  forbiddenTitle: 'Pas visible pour vous',
  forbiddenText: 'Vos rôles ne le comprennent pas. Un administrateur peut changer cela.',
  notFoundTitle: 'Rien ici',
  notFoundText: 'L’adresse est fausse, ou ce qui était ici a disparu.',
  goHome: 'Aller à l’accueil',
  notDone: 'Impossible de le faire',
  failedTitle: 'Impossible d’afficher ceci',
};

export default errors;
