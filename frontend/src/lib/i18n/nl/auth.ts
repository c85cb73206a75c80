import type en from '../en/auth';
import type { Translation } from '../types';

const auth: Translation<typeof en> = {
  signInTitle: 'Inloggen',
  signInLead: 'bij de domeinmanager van je account',
  account: 'Account',
  loginName: 'Loginnaam',
  password: 'Wachtwoord',
  forgot: 'Wachtwoord vergeten?',
  signIn: 'Inloggen',
  signingIn: 'Inloggen…',
  help: 'Hulp bij inloggen',
  helpAccountTitle: 'Account en loginnaam',
  helpAccountText: 'Beide staan in je welkomstmail, en bij elke vastgelegde wijziging als account/login.',
  helpPasswordTitle: 'Geen wachtwoord, of vergeten',
  helpPasswordText: 'Vraag een link aan met “Wachtwoord vergeten?”. Die is een uur geldig.',
  helpFactorTitle: 'Telefoon niet bij de hand',
  helpFactorText: 'Gebruik een van je herstelcodes. Zonder die codes kan een beheerder je tweede factor opnieuw instellen.',
  factorTitle: 'Tweede factor',
  factorLeadTotp: 'Typ de code uit je authenticator-app',
  factorLeadRecovery: 'Typ een van je herstelcodes',
  code: 'Code uit de app',
  codeHint: 'Zes cijfers. Hij verandert elke 30 seconden.',
  recoveryCode: 'Herstelcode',
  recoveryHint: 'Elke code werkt één keer. Hoofdletters en streepjes maken niet uit.',
  useRecovery: 'Een herstelcode gebruiken',
  useTotp: 'De authenticator-app gebruiken',
  confirm: 'Bevestigen',
  confirming: 'Bevestigen…',
  otherUser: 'Als iemand anders inloggen',
  signedOut: 'Je bent uitgelogd.',
  sessionEnded: 'Je sessie is beëindigd. Log in om verder te gaan waar je was.',
  stepUpTitle: 'Bevestig dat jij het bent',
  stepUpLead: 'Dit raakt aan wie er binnen mag, dus is een vers bewijs nodig. Dat geldt daarna 10 minuten.',
  stepUpPasswordHint: 'Je hebt nog geen tweede factor, dus wordt je wachtwoord gevraagd.',
};

export default auth;
