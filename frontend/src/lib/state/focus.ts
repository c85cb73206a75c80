import { tick } from 'svelte';

let opener: HTMLElement | null = null;

/** Gives the focus back to an element after the next navigation, in place of the new page's title. */
export function returnFocusTo(element: HTMLElement | null): void {
  opener = element;
}

/** After a navigation: to what a panel was opened from, else to the panel's or the page's title. */
export function focusArrival(): void {
  const back = opener?.isConnected ? opener : null;
  opener = null;
  (back ?? document.querySelector<HTMLElement>('[data-arrival]') ?? document.querySelector<HTMLElement>('h1'))?.focus();
}

/** When one page turns into another without a navigation: to its title. */
export async function focusHeading(): Promise<void> {
  await tick();
  document.querySelector<HTMLElement>('h1')?.focus();
}
