import type en from '../en/home';
import type { Translation } from '../types';

const home: Translation<typeof en> = {
  title: 'Start',
  morning: 'Goedemorgen, {name}',
  afternoon: 'Goedemiddag, {name}',
  evening: 'Goedenavond, {name}',
  attention: { one: '{count} ding vraagt aandacht.', other: '{count} dingen vragen aandacht.' },
  calm: 'Niets vraagt aandacht.',
  userCount: { one: '{count} gebruiker.', other: '{count} gebruikers.' },
  ownLead: 'Dit is wat je mag in {account}.',

  needsTitle: 'Vraagt aandacht',
  calmText: 'Iedereen heeft een tweede factor, niemand is geblokkeerd, en elke uitnodiging is aangenomen.',
  timeTitle: 'Als er tijd is',
  noFactor: { one: 'Persoon zonder tweede factor', other: 'Mensen zonder tweede factor' },
  locked: { one: 'Gebruiker is geblokkeerd na onjuiste pogingen', other: 'Gebruikers zijn geblokkeerd na onjuiste pogingen' },
  invited: { one: 'Uitnodiging niet aangenomen', other: 'Uitnodigingen niet aangenomen' },
  unseen: { one: 'Persoon al 90 dagen niet gezien', other: 'Mensen al 90 dagen niet gezien' },
  see: 'Bekijken',
  overMany: 'meer dan {number}',
  ownFactor: 'Je hebt geen tweede factor',
  ownFactorText: 'Je logt in met alleen een wachtwoord.',
  ownFactorGo: 'Toevoegen',
  ownCodes: { one: 'Herstelcode over', other: 'Herstelcodes over' },
  ownCodesText: 'Maak nieuwe voor je ze nodig hebt.',
  ownCodesGo: 'Nieuwe maken',

  stepsTitle: 'Een nieuw account',
  stepsDone: '{done} van {total} gedaan',
  stepDone: 'Gedaan',
  stepTodo: 'Te doen',
  stepStart: 'Beginnen',
  stepStartNamed: 'Beginnen: {step}',
  stepFactor: 'Je tweede factor toevoegen',
  stepRoles: 'Rollen aanmaken',
  stepPerson: 'De eerste persoonlijke gebruiker aanmaken',
  stepApplication: 'De eerste API-gebruiker aanmaken',

  latelyTitle: 'Onlangs gewijzigd',
  latelyAll: 'Audittrail',
  latelyNone: 'Er is nog niets gewijzigd.',
  ownTitle: 'Wat er gebeurde',
  ownAll: 'Alles',
};

export default home;
