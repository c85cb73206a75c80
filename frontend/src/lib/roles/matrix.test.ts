import { describe, expect, it } from 'vitest';
import { finds, permissionsOf, rowsOf, sharedWords, type Group, type Permission } from './matrix';

function permission(code: string, name: string, apart = false): Permission {
  const [verb, ...noun] = code.split('_');
  return {
    code,
    name,
    description: '',
    essential: false,
    verb: apart ? null : verb!,
    noun: apart ? null : noun.join('_'),
  };
}

const domains: Group = {
  code: 'DOMAINS',
  name: 'Domains',
  permissions: [
    permission('VIEW_DOMAIN', 'View domains'),
    permission('CREATE_DOMAIN', 'Register domains'),
    permission('RENEW_DOMAIN', 'Renew domains'),
    permission('MANAGE_NOTIFICATION_RULE', 'Manage notification rules'),
    permission('PREMIUM_DOMAIN', 'Premium domains', true),
  ],
};

describe('the matrix of a role', () => {
  it('puts each verb of a thing into its column, and other verbs beside them', () => {
    const [row, apart] = rowsOf(domains);
    expect(row).toMatchObject({ key: 'DOMAIN', label: 'Domains', cells: { VIEW: { code: 'VIEW_DOMAIN' }, CREATE: { code: 'CREATE_DOMAIN' } } });
    expect(row!.others.map((other) => other.label)).toEqual(['Renew']);
    expect(apart!.others.map((other) => other.label)).toEqual(['Manage notification rules', 'Premium domains']);
  });

  it('leaves no permission of the catalogue out, and shows none twice', () => {
    const shown = rowsOf(domains).flatMap(permissionsOf);
    expect(shown.map(({ code }) => code).toSorted()).toEqual(domains.permissions.map(({ code }) => code).toSorted());
  });

  it('names a thing by the words that its permissions share, at the end or at the beginning', () => {
    expect(sharedWords(['View DNS zones', 'Create DNS zones'])).toBe('DNS zones');
    expect(sharedWords(['Domeinen bekijken', 'Domeinen wijzigen'])).toBe('Domeinen');
    expect(sharedWords(['Voir les domaines', 'Renouveler des domaines'])).toBe('domaines');
    expect(sharedWords(['View domains'])).toBe('');
    expect(sharedWords(['Alpha', 'Beta'])).toBe('');
  });

  it('leaves no article or preposition standing alone', () => {
    const [processes] = rowsOf({
      ...domains,
      permissions: [permission('VIEW_PROCESS', 'Voir les processus'), permission('RESEND_PROCESS', 'Renvoyer depuis les processus')],
    });
    expect(processes!.others.map((other) => other.label)).toEqual(['Renvoyer']);
    const [customers] = rowsOf({
      ...domains,
      permissions: [permission('VIEW_CUSTOMER', 'Voir les clients'), permission('UPDATE_CUSTOMER', 'Modifier les clients')],
    });
    expect(customers!.label).toBe('Clients');
  });

  it('finds a row by its name, a code or the name of a permission, without regard to case and accents', () => {
    const [row] = rowsOf(domains);
    expect(finds(row!, 'renew_dom')).toBe(true);
    expect(finds(row!, 'REGÍSTER')).toBe(true);
    expect(finds(row!, 'certificate')).toBe(false);
  });
});
