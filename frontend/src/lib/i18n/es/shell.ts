import type en from '../en/shell';
import type { Translation } from '../types';

const shell: Translation<typeof en> = {
  skip: 'Ir a la página',
  main: 'Principal',
  menu: 'Menú',
  crumbs: 'Dónde está',
  find: 'Buscar un usuario, rol o acción',
  ctrlK: 'Ctrl K',
  findEmpty: 'Nada coincide con «{query}»',
  found: { one: '{count} resultado', other: '{count} resultados' },
  pages: 'Páginas',
  actions: 'Acciones',
  help: 'Ayuda y atajos',
  switchTheme: 'Cambiar entre claro y oscuro',
  lightOrDark: 'Claro u oscuro',
  theme: 'Tema',
  themeSystem: 'Como el sistema',
  themeLight: 'Claro',
  themeDark: 'Oscuro',
  language: 'Idioma',
  yourProfile: 'Su perfil',
  signOut: 'Cerrar sesión',
  signedInAs: 'Sesión iniciada como',
  notifications: 'Avisos',
  keySearch: 'Buscar en la lista',
  keyNew: 'Nuevo, donde la lista puede crecer',
  keyPalette: 'Buscar un usuario, rol, página o acción',
  keyHelp: 'Esta ayuda',
  keyEscape: 'Cerrar lo que esté abierto',
  keyArrows: 'Moverse por menús y resultados',
  singleKeys: 'Atajos de una sola tecla',
  helpLead: 'Las teclas funcionan donde no esté escribiendo.',
};

export default shell;
