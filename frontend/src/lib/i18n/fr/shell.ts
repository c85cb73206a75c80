import type en from '../en/shell';
import type { Translation } from '../types';

const shell: Translation<typeof en> = {
  skip: 'Aller à la page',
  main: 'Principal',
  menu: 'Menu',
  crumbs: 'Où vous êtes',
  find: 'Trouver un utilisateur, un rôle ou une action',
  ctrlK: 'Ctrl K',
  findEmpty: 'Rien ne correspond à « {query} »',
  found: { one: '{count} résultat', other: '{count} résultats' },
  pages: 'Pages',
  actions: 'Actions',
  help: 'Aide et raccourcis',
  switchTheme: 'Passer du clair au sombre',
  lightOrDark: 'Clair ou sombre',
  theme: 'Thème',
  themeSystem: 'Comme le système',
  themeLight: 'Clair',
  themeDark: 'Sombre',
  language: 'Langue',
  yourProfile: 'Votre profil',
  signOut: 'Se déconnecter',
  signedInAs: 'Connecté en tant que',
  notifications: 'Avis',
  keySearch: 'Rechercher dans la liste',
  keyNew: 'Nouveau, là où une liste peut grandir',
  keyPalette: 'Trouver un utilisateur, un rôle, une page ou une action',
  keyHelp: 'Cette aide',
  keyEscape: 'Fermer ce qui est ouvert',
  keyArrows: 'Se déplacer dans les menus et résultats',
  singleKeys: 'Raccourcis à une touche',
  helpLead: 'Les touches agissent partout où vous n’écrivez pas.',
};

export default shell;
