import type en from '../en/errors';
import type { Translation } from '../types';

const errors: Translation<typeof en> = {
  network: 'Keine Verbindung zu Gatehouse. Es wurde nichts geändert. Erneut versuchen.',
  offline: 'Sie sind offline. Die Anzeige kann veraltet sein.',
  rateLimited: { one: 'Zu viele Versuche. {count} Minute warten, dann erneut versuchen.', other: 'Zu viele Versuche. {count} Minuten warten, dann erneut versuchen.' },
  internal: 'Gatehouse konnte das nicht ausführen. In einem Augenblick erneut versuchen.',
  requestId: 'Diese Nummer einem Administrator nennen: {id}',
  badInput: 'Gatehouse versteht diese Anfrage nicht. Die Seite neu laden.',
  forbidden: 'Dazu fehlt Ihnen die Berechtigung. Ein Administrator kann sie erteilen.',
  unauthenticated: 'Sie sind abgemeldet. Melden Sie sich erneut an.',
  forbiddenTitle: 'Nicht für Sie sichtbar',
  forbiddenText: 'Ihre Rollen umfassen dies nicht. Ein Administrator kann das ändern.',
  notFoundTitle: 'Hier ist nichts',
  notFoundText: 'Die Adresse stimmt nicht, oder was hier stand, ist fort.',
  goHome: 'Zur Startseite',
  notDone: 'Das konnte nicht ausgeführt werden',
  failedTitle: 'Das konnte nicht angezeigt werden',
};

export default errors;
