import type en from '../en/auth';
import type { Translation } from '../types';

const auth: Translation<typeof en> = {
  signInTitle: 'Se connecter',
  signInLead: 'au gestionnaire de domaines de votre compte',
  account: 'Compte',
  loginName: 'Identifiant',
  password: 'Mot de passe',
  forgot: 'Mot de passe oublié ?',
  signIn: 'Se connecter',
  signingIn: 'Connexion…',
  help: 'Aide à la connexion',
  helpAccountTitle: 'Compte et identifiant',
  helpAccountText: 'Les deux figurent dans votre message de bienvenue, et dans chaque trace d’un changement sous la forme compte/identifiant.',
  helpPasswordTitle: 'Pas de mot de passe, ou oublié',
  helpPasswordText: 'Demandez un lien avec « Mot de passe oublié ? ». Il est valable une heure.',
  helpFactorTitle: 'Pas de téléphone sous la main',
  helpFactorText: 'Utilisez l’un de vos codes de secours. Sans eux, un administrateur peut réinitialiser votre second facteur.',
  factorTitle: 'Second facteur',
  factorLeadTotp: 'Saisissez le code de votre application d’authentification',
  factorLeadRecovery: 'Saisissez l’un de vos codes de secours',
  code: 'Code de l’application',
  codeHint: 'Six chiffres. Il change toutes les 30 secondes.',
  recoveryCode: 'Code de secours',
  recoveryHint: 'Chacun sert une fois. Majuscules et tirets sont sans importance.',
  useRecovery: 'Utiliser un code de secours',
  useTotp: 'Utiliser l’application d’authentification',
  confirm: 'Confirmer',
  confirming: 'Confirmation…',
  otherUser: 'Se connecter sous un autre nom',
  signedOut: 'Vous êtes déconnecté.',
  sessionEnded: 'Votre session est terminée. Connectez-vous pour reprendre où vous étiez.',
  stepUpTitle: 'Confirmez que c’est bien vous',
  stepUpLead: 'Ceci touche à qui peut entrer et demande une preuve récente. Elle vaut ensuite 10 minutes.',
  stepUpPasswordHint: 'Vous n’avez pas encore de second facteur : votre mot de passe est demandé.',
};

export default auth;
