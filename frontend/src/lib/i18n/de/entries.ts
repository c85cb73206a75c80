import type en from '../en/entries';
import type { Translation } from '../types';

const entries: Translation<typeof en> = {
  label: 'Adressen und Präfixe',
  entry: 'Adresse oder Präfix {number}',
  note: 'Notiz zu Eintrag {number}',
  notePlaceholder: 'Notiz',
  add: 'Adresse oder Präfix hinzufügen',
  placeholder: 'Weitere eingeben oder einfügen',
  first: 'Eingeben oder einfügen, etwa 192.0.2.0/24',
  addresses: { one: '{count} Adresse', other: '{count} Adressen' },
  networks: { one: '{count} Netz', other: '{count} Netze' },
  pasted: { one: '{count} Eintrag eingefügt', other: '{count} Einträge eingefügt' },
  added: '{cidr} hinzugefügt',
  unreadable: 'Keine Adresse und kein Präfix wie 192.0.2.17 oder 2001:db8::/48.',
  hostBits: 'Kein Präfix: Hinter der Länge sind noch Bits gesetzt.',
  mask: 'Statt der Netzmaske die Länge angeben.',
  length: 'Die Länge passt nicht: 0 bis 32 bei IPv4, 0 bis 128 bei IPv6.',
  port: 'Den Port weglassen.',
  zone: 'Die Zone hinter dem % weglassen.',
  leadingZero: 'Die Zahlen ohne führende Nullen schreiben.',
  mapped: 'Bei ::ffff: zählt die Länge ab dem Anfang der IPv6-Adresse. Schreiben Sie das IPv4-Netz.',
  compatible: 'Eine IPv6-Adresse, von der niemand kommt. Schreiben Sie nur die IPv4-Adresse.',
  range: 'Schreiben Sie einen Bereich als Präfixe, jedes als eigenen Eintrag.',
  wildcard: 'Schreiben Sie ein Präfix statt Sternchen.',
  brackets: 'Lassen Sie die Klammern weg.',
  parts: 'Eine IPv4-Adresse hat vier Teile.',
  several: 'Geben Sie jeder Adresse und jedem Präfix einen eigenen Eintrag.',
  doubled: 'Steht schon in Eintrag {number}.',
  didYouMean: 'Gemeint ist vielleicht',
  or: 'oder',
  yourAddress: 'Sie kommen gerade von {ip}.',
  yourAddressIn: 'Ihre Adresse {ip} steht in dieser Liste.',
  addYours: 'Eigene Adresse hinzufügen',
};

export default entries;
