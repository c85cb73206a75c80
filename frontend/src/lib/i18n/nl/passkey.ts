import type en from '../en/passkey';
import type { Translation } from '../types';

const passkey: Translation<typeof en> = {
  signIn: 'Inloggen met een passkey',
  use: 'Een passkey gebruiken',
  lead: 'Bevestig met je vingerafdruk, gezicht, pincode of beveiligingssleutel',
  or: 'of',
  waiting: 'Wachten…',
  follow: 'Volg wat je browser of apparaat vraagt.',
  notShown: 'Er kwam geen passkey: het verzoek is gesloten, duurde te lang, of dit apparaat heeft er geen voor Gatehouse.',
  notMade: 'Er is geen passkey gemaakt: het verzoek is gesloten of duurde te lang.',
  alreadyRegistered: 'Deze heb je al: op het apparaat of de beveiligingssleutel staat een passkey van jou voor Gatehouse. Er hoeft niets bij.',
  cannotVerify: 'Dit apparaat of deze beveiligingssleutel kan niet met vingerafdruk, gezicht of pincode nagaan dat jij het bent.',
  failed: 'De browser kon hier geen passkey gebruiken.',
  notHere: 'Deze browser kan op dit adres geen passkeys gebruiken. Neem een andere browser of een ander apparaat.',
  orPassword: 'Probeer het opnieuw, of log in met je wachtwoord.',
  orOtherWay: 'Probeer het opnieuw, of kies een andere manier.',
  orApp: 'Probeer het opnieuw, of kies de authenticator-app.',
};

export default passkey;
