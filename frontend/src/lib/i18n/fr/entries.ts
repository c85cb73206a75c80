import type en from '../en/entries';
import type { Translation } from '../types';

const entries: Translation<typeof en> = {
  label: 'Adresses et préfixes',
  entry: 'Adresse ou préfixe {number}',
  note: 'Note de l’entrée {number}',
  notePlaceholder: 'Note',
  add: 'Ajouter une adresse ou un préfixe',
  placeholder: 'Saisir ou coller la suite',
  first: 'Saisir ou coller, par exemple 192.0.2.0/24',
  addresses: { one: '{count} adresse', other: '{count} adresses' },
  networks: { one: '{count} réseau', other: '{count} réseaux' },
  pasted: { one: '{count} entrée collée', other: '{count} entrées collées' },
  added: '{cidr} ajouté',
  unreadable: 'Ni une adresse ni un préfixe comme 192.0.2.17 ou 2001:db8::/48.',
  hostBits: 'Pas un préfixe : des bits suivent sa longueur.',
  mask: 'Écrire la longueur à la place du masque.',
  length: 'Longueur impossible : 0 à 32 en IPv4, 0 à 128 en IPv6.',
  port: 'Retirer le port.',
  zone: 'Retirer la zone après le %.',
  leadingZero: 'Écrire les nombres sans zéro devant.',
  mapped: 'Avec ::ffff:, la longueur se compte depuis le début de l’adresse IPv6. Écrivez le réseau IPv4.',
  compatible: 'Une adresse IPv6 d’où personne ne vient. Écrivez seulement l’adresse IPv4.',
  range: 'Écrivez une plage sous forme de préfixes, chacun dans sa propre entrée.',
  wildcard: 'Écrivez un préfixe au lieu d’astérisques.',
  brackets: 'Omettez les crochets.',
  parts: 'Une adresse IPv4 a quatre parties.',
  several: 'Donnez à chaque adresse ou préfixe sa propre entrée.',
  doubled: 'Figure déjà à l’entrée {number}.',
  didYouMean: 'Vouliez-vous dire',
  or: 'ou',
  yourAddress: 'Vous venez en ce moment de {ip}.',
  yourAddressIn: 'Votre adresse {ip} figure dans cette liste.',
  addYours: 'Ajouter votre adresse',
};

export default entries;
