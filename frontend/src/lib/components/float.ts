import type { Attachment } from 'svelte/attachments';

/**
 * Keeps an open popover beside the button that opened it (`popovertarget`): below, or above where there is no room; its end
 * at the button's end where it would run out of the window.
 */
export function beside(align: 'start' | 'end' = 'start'): Attachment<HTMLElement> {
  return (popover) => {
    const place = () => {
      const opener = document.querySelector(`[popovertarget="${popover.id}"]`);
      if (opener && popover.matches(':popover-open')) move(popover, opener.getBoundingClientRect(), align);
    };
    const resized = new ResizeObserver(place); // also when its content arrives
    resized.observe(popover);
    addEventListener('resize', place);
    addEventListener('scroll', place, true);
    return () => {
      resized.disconnect();
      removeEventListener('resize', place);
      removeEventListener('scroll', place, true);
    };
  };
}

function move(popover: HTMLElement, opener: DOMRect, align: 'start' | 'end'): void {
  const gap = 4;
  const edge = 8;
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = opener.bottom + gap;
  const top = below + height > innerHeight - edge && opener.top > height + gap ? opener.top - gap - height : below;
  const wanted = align === 'end' ? opener.right - width : opener.left;
  popover.style.top = `${top}px`;
  popover.style.left = `${Math.max(edge, Math.min(wanted, innerWidth - edge - width))}px`;
}
