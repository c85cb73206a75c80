import { tick } from 'svelte';

let opener: HTMLElement | null = null;
let awaited = false;

/** Gives the focus back to an element after the next navigation, in place of the new page's title. */
export function returnFocusTo(element: HTMLElement | null): void {
  opener = element;
}

/** After a navigation: to what a panel was opened from, else to the panel's or the page's title, now or when it is there. */
export function focusArrival(): void {
  const back = opener?.isConnected ? opener : null;
  opener = null;
  const target = back ?? document.querySelector<HTMLElement>('[data-arrival]') ?? document.querySelector<HTMLElement>('h1');
  awaited = target === null;
  target?.focus();
}

/** For the title of a page that first reads what it is about. It takes the focus unless the visitor has moved it meanwhile. */
export function arrive(heading: HTMLElement): void {
  if (awaited && document.activeElement === document.body) heading.focus();
  awaited = false;
}

/** When one page turns into another without a navigation: to its title. */
export async function focusHeading(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('h1')?.focus();
}
