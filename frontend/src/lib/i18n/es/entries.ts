import type en from '../en/entries';
import type { Translation } from '../types';

const entries: Translation<typeof en> = {
  label: 'Direcciones y prefijos',
  entry: 'Dirección o prefijo {number}',
  note: 'Nota de la entrada {number}',
  notePlaceholder: 'Nota',
  add: 'Añadir una dirección o un prefijo',
  placeholder: 'Escriba o pegue más',
  first: 'Escriba o pegue, por ejemplo 192.0.2.0/24',
  addresses: { one: '{count} dirección', other: '{count} direcciones' },
  networks: { one: '{count} red', other: '{count} redes' },
  pasted: { one: '{count} entrada pegada', other: '{count} entradas pegadas' },
  added: '{cidr} añadido',
  unreadable: 'No es una dirección ni un prefijo como 192.0.2.17 o 2001:db8::/48.',
  hostBits: 'No es un prefijo: hay bits activos tras su longitud.',
  mask: 'Escriba la longitud en lugar de la máscara de red.',
  length: 'La longitud no encaja: de 0 a 32 en IPv4, de 0 a 128 en IPv6.',
  port: 'Quite el puerto.',
  zone: 'Quite la zona tras el %.',
  leadingZero: 'Escriba los números sin ceros delante.',
  mapped: 'Con ::ffff:, la longitud se cuenta desde el principio de la dirección IPv6. Escriba la red IPv4.',
  compatible: 'Una dirección IPv6 desde la que nadie llega. Escriba solo la dirección IPv4.',
  range: 'Escriba un rango como prefijos, cada uno en su propia entrada.',
  wildcard: 'Escriba un prefijo en lugar de asteriscos.',
  brackets: 'Omita los corchetes.',
  parts: 'Una dirección IPv4 tiene cuatro partes.',
  several: 'Dé a cada dirección o prefijo su propia entrada.',
  doubled: 'Ya está en la entrada {number}.',
  didYouMean: 'Quizá quería decir',
  or: 'o',
  yourAddress: 'Ahora viene de {ip}.',
  yourAddressIn: 'Su dirección {ip} está en esta lista.',
  addYours: 'Añadir su dirección',
};

export default entries;
