export type Theme = 'system' | 'light' | 'dark';

const storageKey = 'gatehouse-theme'; // app.html reads it before the first paint

let current = $state<Theme>((document.documentElement.dataset.theme as Theme | undefined) ?? 'system');

/** What the viewer chose. Reactive. */
export function theme(): Theme {
  return current;
}

/** Changes the theme and remembers it in this browser. */
export function setTheme(next: Theme): void {
  current = next;
  if (next === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    if (next === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, next);
  } catch {
    // Storage is switched off: the choice lives as long as the page.
  }
}

/** From what is seen now to the other. */
export function switchTheme(): void {
  const dark = current === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : current === 'dark';
  setTheme(dark ? 'light' : 'dark');
}
