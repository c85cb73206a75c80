/** What has been done, told at the bottom of the page. Errors never come as toasts. */
export interface Toast {
  id: number;
  message: string;
  action?: { label: string; href: string } | { label: string; run: () => void };
}

let last = 0;
let shown = $state<Toast[]>([]);

/** Those on the screen, oldest first. Reactive. */
export function toasts(): readonly Toast[] {
  return shown;
}

/** Tells that something is done: `toast('Femke van den Berg created', { label: 'Open', href })`. */
export function toast(message: string, action?: Toast['action']): void {
  shown = [...shown.slice(-2), { id: ++last, message, ...(action ? { action } : {}) }];
}

export function dismissToast(id: number): void {
  shown = shown.filter((each) => each.id !== id);
}
