import type en from '../en/errors';
import type { Translation } from '../types';

const errors: Translation<typeof en> = {
  network: 'Geen verbinding met Gatehouse. Er is niets veranderd. Probeer het opnieuw.',
  offline: 'Je bent offline. Wat je ziet kan verouderd zijn.',
  rateLimited: { one: 'Te veel pogingen. Wacht {count} minuut en probeer het dan opnieuw.', other: 'Te veel pogingen. Wacht {count} minuten en probeer het dan opnieuw.' },
  internal: 'Gatehouse kon dit niet doen. Probeer het straks opnieuw.',
  requestId: 'Geef dit nummer door aan een beheerder: {id}',
  badInput: 'Gatehouse begrijpt dit verzoek niet. Laad de pagina opnieuw.',
  forbidden: 'Je mag dit niet doen. Een beheerder kan je het recht geven.',
  unauthenticated: 'Je bent uitgelogd. Log opnieuw in.',
  forbiddenTitle: 'Niet voor jou zichtbaar',
  forbiddenText: 'Je rollen omvatten dit niet. Een beheerder kan dat veranderen.',
  notFoundTitle: 'Hier is niets',
  notFoundText: 'Het adres klopt niet, of wat hier stond is weg.',
  goHome: 'Naar Start',
  notDone: 'Dit kon niet worden gedaan',
  failedTitle: 'Dit kon niet worden getoond',
};

export default errors;
