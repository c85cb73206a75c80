import type en from '../en/entries';
import type { Translation } from '../types';

const entries: Translation<typeof en> = {
  label: 'Adressen en prefixen',
  entry: 'Adres of prefix {number}',
  note: 'Notitie bij regel {number}',
  notePlaceholder: 'Notitie',
  add: 'Adres of prefix toevoegen',
  placeholder: 'Typ of plak meer',
  first: 'Typ of plak, bijvoorbeeld 192.0.2.0/24',
  addresses: { one: '{count} adres', other: '{count} adressen' },
  networks: { one: '{count} netwerk', other: '{count} netwerken' },
  pasted: { one: '{count} regel geplakt', other: '{count} regels geplakt' },
  added: '{cidr} toegevoegd',
  unreadable: 'Geen adres of prefix, zoals 192.0.2.17 of 2001:db8::/48.',
  hostBits: 'Geen prefix: na de lengte staan nog bits aan.',
  mask: 'Schrijf de lengte in plaats van het netmasker.',
  length: 'De lengte past niet: 0 tot 32 voor IPv4, 0 tot 128 voor IPv6.',
  port: 'Laat de poort weg.',
  zone: 'Laat de zone na het % weg.',
  leadingZero: 'Schrijf de getallen zonder nullen ervoor.',
  mapped: 'Bij ::ffff: telt de lengte vanaf het begin van het IPv6-adres. Schrijf het IPv4-netwerk.',
  compatible: 'Een IPv6-adres waar niemand vandaan komt. Schrijf alleen het IPv4-adres.',
  range: 'Schrijf een reeks als prefixen, elk als eigen vermelding.',
  wildcard: 'Schrijf een prefix in plaats van sterretjes.',
  brackets: 'Laat de haken weg.',
  parts: 'Een IPv4-adres heeft vier delen.',
  several: 'Geef elk adres of elke prefix een eigen vermelding.',
  doubled: 'Staat al in regel {number}.',
  didYouMean: 'Bedoel je',
  or: 'of',
  yourAddress: 'Je komt nu van {ip}.',
  yourAddressIn: 'Je adres {ip} staat in deze lijst.',
  addYours: 'Jouw adres toevoegen',
};

export default entries;
