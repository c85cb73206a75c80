import type en from '../en/shell';
import type { Translation } from '../types';

const shell: Translation<typeof en> = {
  skip: 'Zur Seite springen',
  main: 'Hauptmenü',
  menu: 'Menü',
  crumbs: 'Wo Sie sind',
  find: 'Benutzer, Rolle oder Aktion suchen',
  ctrlK: 'Strg K',
  findEmpty: 'Nichts passt zu „{query}“',
  found: { one: '{count} Treffer', other: '{count} Treffer' },
  pages: 'Seiten',
  actions: 'Aktionen',
  help: 'Hilfe und Tastenkürzel',
  switchTheme: 'Zwischen hell und dunkel wechseln',
  lightOrDark: 'Hell oder dunkel',
  theme: 'Darstellung',
  themeSystem: 'Wie das System',
  themeLight: 'Hell',
  themeDark: 'Dunkel',
  language: 'Sprache',
  yourProfile: 'Ihr Profil',
  signOut: 'Abmelden',
  signedInAs: 'Angemeldet als',
  notifications: 'Meldungen',
  keySearch: 'In der Liste suchen',
  keyNew: 'Neu, wo eine Liste wachsen kann',
  keyPalette: 'Benutzer, Rolle, Seite oder Aktion suchen',
  keyHelp: 'Diese Hilfe',
  keyEscape: 'Schließen, was offen ist',
  keyArrows: 'In Menüs und Treffern bewegen',
  singleKeys: 'Tastenkürzel mit einer Taste',
  helpLead: 'Tasten wirken überall, wo Sie nicht gerade tippen.',
};

export default shell;
