import type en from '../en/passkey';
import type { Translation } from '../types';

const passkey: Translation<typeof en> = {
  signIn: 'Se connecter avec une clé d’accès',
  use: 'Utiliser une clé d’accès',
  lead: 'Confirmez avec votre empreinte, votre visage, votre code PIN ou votre clé de sécurité',
  or: 'ou',
  waiting: 'En attente…',
  follow: 'Suivez ce que demande votre navigateur ou votre appareil.',
  notShown: 'Aucune clé d’accès n’est venue : la demande a été fermée, a pris trop de temps, ou cet appareil n’en a pas pour Gatehouse.',
  notMade: 'Aucune clé d’accès n’a été créée : la demande a été fermée ou a pris trop de temps.',
  alreadyRegistered: 'Vous l’avez déjà : l’appareil ou la clé de sécurité contient une clé d’accès à vous pour Gatehouse. Il n’y a rien à ajouter.',
  cannotVerify: 'Cet appareil ou cette clé de sécurité ne peut pas vérifier par empreinte, visage ou code PIN que c’est bien vous.',
  failed: 'Le navigateur n’a pas pu utiliser de clé d’accès ici.',
  notHere: 'Ce navigateur ne peut pas utiliser de clés d’accès à cette adresse. Prenez un autre navigateur ou un autre appareil.',
  orPassword: 'Réessayez, ou connectez-vous avec votre mot de passe.',
  orOtherWay: 'Réessayez, ou choisissez un autre moyen.',
  orApp: 'Réessayez, ou choisissez l’application d’authentification.',
};

export default passkey;
