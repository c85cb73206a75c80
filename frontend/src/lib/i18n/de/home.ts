import type en from '../en/home';
import type { Translation } from '../types';

const home: Translation<typeof en> = {
  title: 'Start',
  morning: 'Guten Morgen, {name}',
  afternoon: 'Guten Tag, {name}',
  evening: 'Guten Abend, {name}',
  attention: { one: '{count} Punkt braucht Aufmerksamkeit.', other: '{count} Punkte brauchen Aufmerksamkeit.' },
  calm: 'Nichts braucht Aufmerksamkeit.',
  userCount: { one: '{count} Benutzer.', other: '{count} Benutzer.' },
  ownLead: 'Das dürfen Sie in {account}.',

  needsTitle: 'Braucht Aufmerksamkeit',
  calmText: 'Alle haben einen zweiten Faktor, niemand ist gesperrt, und jede Einladung ist angenommen.',
  timeTitle: 'Wenn Zeit ist',
  noFactor: { one: 'Person ohne zweiten Faktor', other: 'Personen ohne zweiten Faktor' },
  locked: { one: 'Benutzer ist nach falschen Versuchen gesperrt', other: 'Benutzer sind nach falschen Versuchen gesperrt' },
  invited: { one: 'Einladung nicht angenommen', other: 'Einladungen nicht angenommen' },
  unseen: { one: 'Person seit 90 Tagen nicht gesehen', other: 'Personen seit 90 Tagen nicht gesehen' },
  see: 'Ansehen',
  overMany: 'mehr als {number}',
  ownFactor: 'Sie haben keinen zweiten Faktor',
  ownFactorText: 'Sie melden sich nur mit Passwort an.',
  ownFactorGo: 'Hinzufügen',
  ownCodes: { one: 'Wiederherstellungscode übrig', other: 'Wiederherstellungscodes übrig' },
  ownCodesText: 'Erstellen Sie neue, bevor Sie sie brauchen.',
  ownCodesGo: 'Neue erstellen',

  stepsTitle: 'Ein neues Konto',
  stepsDone: '{done} von {total} erledigt',
  stepDone: 'Erledigt',
  stepTodo: 'Offen',
  stepStart: 'Beginnen',
  stepStartNamed: 'Beginnen: {step}',
  stepFactor: 'Ihren zweiten Faktor hinzufügen',
  stepRoles: 'Rollen anlegen',
  stepPerson: 'Den ersten persönlichen Benutzer anlegen',
  stepApplication: 'Den ersten API-Benutzer anlegen',

  latelyTitle: 'Zuletzt geändert',
  latelyAll: 'Prüfprotokoll',
  latelyNone: 'Bisher wurde nichts geändert.',
  ownTitle: 'Was geschehen ist',
  ownAll: 'Alles',
};

export default home;
