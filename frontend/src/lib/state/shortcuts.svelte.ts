import { floating } from './chrome.svelte';

const storageKey = 'gatehouse-single-keys';

let singleKeys = $state(read());

/** Whether `/`, `n` and `?` act. Speech input and some keyboards press them by mistake, so they can be switched off. Reactive. */
export function singleKeysOn(): boolean {
  return singleKeys;
}

export function setSingleKeys(on: boolean): void {
  singleKeys = on;
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // Storage is switched off: the choice lives as long as the page.
  }
}

/**
 * Acts on a key pressed anywhere in the application. `/` goes to the element with `data-search`, `n` presses the one with
 * `data-new`.
 */
export function onShortcut(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    floating.palette = !floating.palette;
    return;
  }
  if (!singleKeys || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector('dialog[open], :popover-open')) return;
  if (event.key === '?') floating.help = true;
  else if (event.key === '/') document.querySelector<HTMLElement>('[data-search]')?.focus();
  else if (event.key === 'n') document.querySelector<HTMLElement>('[data-new]')?.click();
  else return;
  event.preventDefault();
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;
}

function read(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true; // storage is switched off
  }
}
