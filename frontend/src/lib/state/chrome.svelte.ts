/** A page above this one. */
export interface Crumb {
  label: string;
  href: string;
}

/** What the bar on top shows of the page; <PageHead> sets it. */
export const chrome = $state<{ title: string; crumbs: readonly Crumb[] }>({ title: '', crumbs: [] });

/** Whether the palette or the help stands open. */
export const floating = $state({ palette: false, help: false });
