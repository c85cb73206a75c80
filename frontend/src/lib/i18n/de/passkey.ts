import type en from '../en/passkey';
import type { Translation } from '../types';

const passkey: Translation<typeof en> = {
  signIn: 'Mit einem Passkey anmelden',
  use: 'Passkey verwenden',
  lead: 'Bestätigen Sie mit Fingerabdruck, Gesicht, PIN oder Sicherheitsschlüssel',
  or: 'oder',
  waiting: 'Warten …',
  follow: 'Folgen Sie dem, was Ihr Browser oder Gerät verlangt.',
  notShown: 'Es kam kein Passkey: Die Anfrage wurde geschlossen, dauerte zu lange, oder dieses Gerät hat keinen für Gatehouse.',
  notMade: 'Es wurde kein Passkey erstellt: Die Anfrage wurde geschlossen oder dauerte zu lange.',
  alreadyRegistered: 'Diesen haben Sie schon: Auf dem Gerät oder Sicherheitsschlüssel liegt bereits ein Passkey von Ihnen für Gatehouse. Es ist nichts hinzuzufügen.',
  cannotVerify: 'Dieses Gerät oder dieser Sicherheitsschlüssel kann nicht durch Fingerabdruck, Gesicht oder PIN prüfen, dass Sie es sind.',
  failed: 'Der Browser konnte hier keinen Passkey verwenden.',
  notHere: 'Dieser Browser kann unter dieser Adresse keine Passkeys verwenden. Nehmen Sie einen anderen Browser oder ein anderes Gerät.',
  orPassword: 'Versuchen Sie es noch einmal, oder melden Sie sich mit Ihrem Passwort an.',
  orOtherWay: 'Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.',
  orApp: 'Versuchen Sie es noch einmal, oder wählen Sie die Authenticator-App.',
};

export default passkey;
