import type en from '../en/shell';
import type { Translation } from '../types';

const shell: Translation<typeof en> = {
  skip: 'Naar de pagina',
  main: 'Hoofdmenu',
  menu: 'Menu',
  crumbs: 'Waar je bent',
  find: 'Zoek een gebruiker, rol of actie',
  ctrlK: 'Ctrl K',
  findEmpty: 'Niets gevonden voor “{query}”',
  found: { one: '{count} resultaat', other: '{count} resultaten' },
  pages: "Pagina's",
  actions: 'Acties',
  help: 'Hulp en sneltoetsen',
  switchTheme: 'Wisselen tussen licht en donker',
  lightOrDark: 'Licht of donker',
  theme: 'Thema',
  themeSystem: 'Zoals het systeem',
  themeLight: 'Licht',
  themeDark: 'Donker',
  language: 'Taal',
  yourProfile: 'Je profiel',
  signOut: 'Uitloggen',
  signedInAs: 'Ingelogd als',
  notifications: 'Meldingen',
  keySearch: 'Zoeken in de lijst',
  keyNew: 'Nieuw, waar een lijst kan groeien',
  keyPalette: 'Zoek een gebruiker, rol, pagina of actie',
  keyHelp: 'Deze hulp',
  keyEscape: 'Sluiten wat openstaat',
  keyArrows: 'Bewegen in menu’s en resultaten',
  singleKeys: 'Sneltoetsen van één letter',
  helpLead: 'Toetsen werken overal waar je niet typt.',
};

export default shell;
