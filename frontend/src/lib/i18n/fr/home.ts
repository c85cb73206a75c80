import type en from '../en/home';
import type { Translation } from '../types';

const home: Translation<typeof en> = {
  title: 'Accueil',
  morning: 'Bonjour, {name}',
  afternoon: 'Bonjour, {name}',
  evening: 'Bonsoir, {name}',
  attention: { one: '{count} point demande votre attention.', other: '{count} points demandent votre attention.' },
  calm: 'Rien ne demande votre attention.',
  userCount: { one: '{count} utilisateur.', other: '{count} utilisateurs.' },
  ownLead: 'Voici ce que vous pouvez faire dans {account}.',

  needsTitle: 'À regarder',
  calmText: 'Tout le monde a un second facteur, personne n’est bloqué, et chaque invitation a été acceptée.',
  timeTitle: 'Quand vous aurez le temps',
  noFactor: { one: 'Personne sans second facteur', other: 'Personnes sans second facteur' },
  locked: { one: 'Utilisateur bloqué après des essais erronés', other: 'Utilisateurs bloqués après des essais erronés' },
  invited: { one: 'Invitation non acceptée', other: 'Invitations non acceptées' },
  unseen: { one: 'Personne non vue depuis 90 jours', other: 'Personnes non vues depuis 90 jours' },
  see: 'Regarder',
  overMany: 'plus de {number}',
  ownFactor: 'Vous n’avez pas de second facteur',
  ownFactorText: 'Vous vous connectez avec un mot de passe seul.',
  ownFactorGo: 'En ajouter un',
  ownCodes: { one: 'Code de secours restant', other: 'Codes de secours restants' },
  ownCodesText: 'Créez-en de nouveaux avant d’en avoir besoin.',
  ownCodesGo: 'En créer',

  stepsTitle: 'Un nouveau compte',
  stepsDone: '{done} sur {total} faits',
  stepDone: 'Fait',
  stepTodo: 'À faire',
  stepStart: 'Commencer',
  stepStartNamed: 'Commencer : {step}',
  stepFactor: 'Ajouter votre second facteur',
  stepRoles: 'Créer des rôles',
  stepPerson: 'Créer le premier utilisateur personnel',
  stepApplication: 'Créer le premier utilisateur API',

  latelyTitle: 'Modifié récemment',
  latelyAll: 'Journal d’audit',
  latelyNone: 'Rien n’a encore été modifié.',
  ownTitle: 'Ce qui s’est passé',
  ownAll: 'Tout voir',
};

export default home;
