/**
 * Moves in a table of rows: arrows go from row to row within links and boxes, a click beside them opens the row. The link
 * of a row is that of its <Who>, and Enter on it opens the row as on any link.
 */
export function rows(table: HTMLElement): () => void {
  const acting = 'a, button, input, label, [role="menu"]';

  function onkeydown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const kind = kindOf(event.target);
    if (step === undefined || kind === undefined || event.defaultPrevented) return;
    const all = [...table.querySelectorAll<HTMLElement>(kind)];
    const next = all[all.indexOf(event.target as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  function onclick(event: MouseEvent) {
    if (!(event.target instanceof Element) || event.target.closest(acting) || getSelection()?.toString()) return;
    event.target.closest('tr')?.querySelector<HTMLElement>('.who a')?.click();
  }

  table.addEventListener('keydown', onkeydown);
  table.addEventListener('click', onclick);
  return () => {
    table.removeEventListener('keydown', onkeydown);
    table.removeEventListener('click', onclick);
  };
}

function kindOf(target: EventTarget | null): string | undefined {
  return ['tbody .who a', 'tbody input[type="checkbox"]'].find((kind) => target instanceof Element && target.matches(kind));
}
