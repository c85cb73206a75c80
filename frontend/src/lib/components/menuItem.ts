import type { IconName } from './icons';

/** What can be taken from a menu: a place to go to, or something to do. */
export interface MenuEntry {
  label: string;
  icon?: IconName;
  href?: string;
  run?: () => void;
  danger?: boolean;
  /** Why it cannot be taken now; it stands below the entry. */
  reason?: string | undefined;
  /** One of several, and whether it is the one. */
  checked?: boolean;
  lang?: string;
}

/** An entry, a line between entries, or a heading above some. */
export type MenuItem = MenuEntry | { line: true } | { title: string };
