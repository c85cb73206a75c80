import type en from '../en/auth';
import type { Translation } from '../types';

const auth: Translation<typeof en> = {
  signInTitle: 'Anmelden',
  signInLead: 'beim Domain-Manager Ihres Kontos',
  account: 'Konto',
  loginName: 'Anmeldename',
  password: 'Passwort',
  forgot: 'Passwort vergessen?',
  signIn: 'Anmelden',
  signingIn: 'Anmeldung läuft …',
  help: 'Hilfe beim Anmelden',
  helpAccountTitle: 'Konto und Anmeldename',
  helpAccountText: 'Beides steht in Ihrer Begrüßungsmail und bei jeder aufgezeichneten Änderung als Konto/Anmeldename.',
  helpPasswordTitle: 'Kein Passwort oder vergessen',
  helpPasswordText: 'Über „Passwort vergessen?“ einen Link anfordern. Er gilt eine Stunde.',
  helpFactorTitle: 'Kein Telefon zur Hand',
  helpFactorText: 'Einen Wiederherstellungscode verwenden. Ohne diese kann ein Administrator Ihren zweiten Faktor zurücksetzen.',
  factorTitle: 'Zweiter Faktor',
  factorLeadTotp: 'Den Code aus Ihrer Authenticator-App eingeben',
  factorLeadRecovery: 'Einen Ihrer Wiederherstellungscodes eingeben',
  code: 'Code aus der App',
  codeHint: 'Sechs Ziffern. Er wechselt alle 30 Sekunden.',
  recoveryCode: 'Wiederherstellungscode',
  recoveryHint: 'Jeder gilt einmal. Großschreibung und Bindestriche sind gleich.',
  useRecovery: 'Wiederherstellungscode verwenden',
  useTotp: 'Authenticator-App verwenden',
  confirm: 'Bestätigen',
  confirming: 'Wird bestätigt …',
  otherUser: 'Als jemand anders anmelden',
  signedOut: 'Sie sind abgemeldet.',
  sessionEnded: 'Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren.',
  stepUpTitle: 'Bestätigen Sie, dass Sie es sind',
  stepUpLead: 'Dies betrifft, wer hereinkommt, und verlangt einen frischen Nachweis. Er gilt danach 10 Minuten.',
  stepUpPasswordHint: 'Sie haben noch keinen zweiten Faktor, daher wird Ihr Passwort verlangt.',
};

export default auth;
