/** Addresses and prefixes as they are typed into a whitelist. The server has the last word. */

/** A prefix that was understood. An IPv4-mapped IPv6 address is the IPv4 address, as on the server. */
export interface Prefix {
  family: 4 | 6;
  address: bigint;
  bits: number;
}

/** Why something typed is not a prefix. */
export type Flaw =
  | 'unreadable'
  | 'hostBits'
  | 'mask'
  | 'length'
  | 'port'
  | 'zone'
  | 'leadingZero'
  | 'mapped'
  | 'compatible'
  | 'range'
  | 'wildcard'
  | 'brackets'
  | 'parts'
  | 'several';

/** What was typed, understood. `fixes` are what was probably meant, likeliest first. */
export type Reading =
  | { kind: 'empty' }
  | { kind: 'prefix'; prefix: Prefix; text: string }
  | { kind: 'wrong'; flaw: Flaw; fixes: string[] };

/** How much a prefix holds: addresses, or for IPv6 as wide as a /64 or wider the networks of that size. */
export interface Extent {
  unit: 'addresses' | 'networks';
  count: number;
}

const width = { 4: 32, 6: 128 } as const;

export function readEntry(typed: string): Reading {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  if (/^[\da-f.:/]+(\s*[,;\s]\s*[\da-f.:/]+)+$/i.test(text)) return wrong('several');
  const [written = '', bitsWritten, ...more] = text.split('/');
  if (more.length > 0) return wrong('unreadable');
  if (text.includes('%')) return wrong('zone', written.split('%')[0]!);
  if (hasLeadingZero(written)) return wrong('leadingZero');
  if (/^::\d+\.\d+\.\d+\.\d+$/.test(written)) return wrong('compatible', written.slice(2));
  const address = readAddress(written);
  if (!address) return hasPort(written) ? wrong('port', withoutPort(written)) : unreadable(text, written, bitsWritten);
  return bitsWritten === undefined ? whole(address) : cut(address, bitsWritten);
}

/** Whether an address, written in any way, lies within the prefix. */
export function contains(prefix: Prefix, ip: string): boolean {
  const address = readAddress(ip);
  if (!address) return false;
  const { family, value } = unmapped(address, width[address.family]);
  return family === prefix.family && masked(family, value, prefix.bits) === prefix.address;
}

export function extent({ family, bits }: Prefix): Extent {
  if (family === 6 && bits <= 64) return { unit: 'networks', count: 2 ** (64 - bits) };
  return { unit: 'addresses', count: 2 ** (width[family] - bits) };
}

/** The canonical form: RFC 5952, with the length. */
export function formatPrefix({ family, address, bits }: Prefix): string {
  return `${formatAddress(family, address)}/${bits}`;
}

interface Address {
  family: 4 | 6;
  value: bigint;
}

function wrong(flaw: Flaw, ...fixes: string[]): Reading {
  return { kind: 'wrong', flaw, fixes: fixes.filter((fix) => readEntry(fix).kind === 'prefix') };
}

/** What was probably meant by ways to write addresses that other programs take. */
function unreadable(text: string, written: string, length: string | undefined): Reading {
  const range = /^(\d[\d.]*\d)\s*[-–—]\s*(\d[\d.]*)$/.exec(text);
  if (range) return wrong('range', ...rangeAsOne(range[1]!, range[2]!));
  if (/[-–—]/.test(text) && text.includes(':')) return wrong('range');
  if (/^(\d{1,3}\.){0,3}\*(\.\*){0,3}$/.test(text)) return partial('wildcard', text.replaceAll('*', ''));
  if (/^\[.*\]$/.test(written)) return wrong('brackets', text.replace(/[[\]]/g, ''));
  if (/^\d{1,3}(\.\d{1,3}){0,2}\.?$/.test(written)) return partial('parts', written, length);
  return wrong('unreadable');
}

/** The first parts of an IPv4 address, which stand for a network. */
function partial(flaw: Flaw, written: string, length?: string): Reading {
  const parts = written.split('.').filter(Boolean);
  const four = readFour([...parts, '0', '0', '0', '0'].slice(0, 4).join('.'));
  const bits = Number(length ?? 8 * parts.length);
  if (four === null || !(bits <= 32)) return wrong('unreadable');
  return wrong(flaw, formatPrefix({ family: 4, address: masked(4, four, bits), bits }));
}

/** The one prefix that is a range, if there is one. A line holds no more. */
function rangeAsOne(first: string, end: string): string[] {
  const from = readFour(first);
  const to = readFour(end.includes('.') ? end : first.replace(/\d+$/, end));
  if (from === null || to === null || to < from) return [];
  const bits = 33 - (to - from + 1n).toString(2).length;
  return masked(4, from, bits) === from && from + (1n << BigInt(32 - bits)) - 1n === to ? [formatPrefix({ family: 4, address: from, bits })] : [];
}

function whole(address: Address): Reading {
  const { family, value } = unmapped(address, width[address.family]);
  return good({ family, address: value, bits: width[family] });
}

function cut(address: Address, bitsWritten: string): Reading {
  const mask = address.family === 4 ? maskBits(bitsWritten) : null;
  if (mask !== null) return wrong('mask', formatPrefix({ family: 4, address: masked(4, address.value, mask), bits: mask }));
  const most = width[address.family];
  if (!/^(0|[1-9]\d{0,2})$/.test(bitsWritten) || Number(bitsWritten) > most) return wrong('length');
  if (isMapped(address) && Number(bitsWritten) < mappedBits) return mapped(address.value & 0xffff_ffffn, Number(bitsWritten));
  const { family, value, bits } = unmapped(address, Number(bitsWritten));
  const network = masked(family, value, bits);
  if (network === value) return good({ family, address: value, bits });
  return wrong('hostBits', formatPrefix({ family, address: network, bits }), formatAddress(family, value));
}

function good(prefix: Prefix): Reading {
  return { kind: 'prefix', prefix, text: formatPrefix(prefix) };
}

/** ::ffff:0:0/96 is how IPv6 writes IPv4 (RFC 4291, 2.5.5.2). */
const mappedBits = 96;

function isMapped({ family, value }: Address): boolean {
  return family === 6 && value >> 32n === 0xffffn;
}

function unmapped(address: Address, bits: number): Address & { bits: number } {
  if (bits >= mappedBits && isMapped(address)) return { family: 4, value: address.value & 0xffff_ffffn, bits: bits - mappedBits };
  return { ...address, bits };
}

/** The length counts from the start of the IPv6 address, and was probably meant for the IPv4 address in it. */
function mapped(four: bigint, bits: number): Reading {
  const alone = formatAddress(4, four);
  return bits > 32 ? wrong('mapped', alone) : wrong('mapped', formatPrefix({ family: 4, address: masked(4, four, bits), bits }), alone);
}

function masked(family: 4 | 6, value: bigint, bits: number): bigint {
  const host = BigInt(width[family] - bits);
  return (value >> host) << host;
}

function readAddress(text: string): Address | null {
  if (!text.includes(':')) {
    const value = readFour(text);
    return value === null ? null : { family: 4, value };
  }
  const value = readSix(text);
  return value === null ? null : { family: 6, value };
}

function readFour(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function readSix(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = [groups(halves[0]!), groups(halves[1] ?? '')];
  if (!head || !tail || (halves.length === 2 && halves[0]!.includes('.'))) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce((value, group) => (value << 16n) | group, 0n);
}

/** The groups between colons; an IPv4 address at the end is two of them. */
function groups(text: string): bigint[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const four = parts.at(-1)!.includes('.') ? readFour(parts.pop()!) : undefined;
  if (four === null || !parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return null;
  const read = parts.map((part) => BigInt(`0x${part}`));
  return four === undefined ? read : [...read, four >> 16n, four & 0xffffn];
}

function formatAddress(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  const hex = Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
  const zeros = [...hex.join(':').matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length || a.index - b.index)[0];
  if (!zeros) return hex.join(':');
  const all = hex.join(':');
  const [before, after] = [all.slice(0, zeros.index), all.slice(zeros.index + zeros[0].length)];
  return `${before.replace(/:$/, '')}::${after.replace(/^:/, '')}`;
}

function hasPort(written: string): boolean {
  return /^([\d.]+|\[[0-9a-f:.]+\]):\d+$/i.test(written);
}

function withoutPort(written: string): string {
  return written.replace(/:\d+$/, '').replace(/[[\]]/g, '');
}

/** Some programs read such a part as octal, so that it is not clear what was meant. */
function hasLeadingZero(written: string): boolean {
  const parts = written.slice(written.lastIndexOf(':') + 1).split('.');
  return parts.length === 4 && parts.some((part) => /^0\d/.test(part));
}

/** The length of a netmask such as 255.255.255.0, or of a router's 0.0.0.255, which many write after the slash. */
function maskBits(text: string): number | null {
  const mask = readFour(text);
  return mask === null ? null : (ones(mask) ?? ones(mask ^ 0xffff_ffffn));
}

/** How many bits of a mask are set, if they are the first ones. */
function ones(mask: bigint): number | null {
  const bits = mask.toString(2).padStart(32, '0').indexOf('0');
  const length = bits === -1 ? 32 : bits;
  return masked(4, 0xffff_ffffn, length) === mask ? length : null;
}
