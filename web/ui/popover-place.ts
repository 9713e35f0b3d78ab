import type { Attachment } from 'svelte/attachments';

/** Distance to the button and to the edge of the window, in pixels. */
const GAP = 8;

/** Puts a popover under the element with that id, ends aligned if the window is wide enough, whenever it opens. */
export function under(anchorId: string): Attachment<HTMLElement> {
  return (popover) => {
    const place = (event: Event): void => {
      const anchor = document.getElementById(anchorId)?.getBoundingClientRect();
      if (anchor === undefined || (event as ToggleEvent).newState !== 'open') return;
      const { clientWidth } = document.documentElement;
      // Not shown yet, it has no box; its style knows the width.
      const room = clientWidth - (parseFloat(getComputedStyle(popover).width) || 0) - GAP;
      const right = Math.max(GAP, Math.min(clientWidth - anchor.right, room));
      Object.assign(popover.style, {
        inset: 'auto',
        margin: '0',
        top: `${anchor.bottom + GAP}px`,
        right: `${right}px`,
      });
    };
    popover.addEventListener('beforetoggle', place);
    return () => popover.removeEventListener('beforetoggle', place);
  };
}
