import type { Attachment } from 'svelte/attachments';

/** Distance to the button and to the edge of the window, in pixels. */
const GAP = 8;
/** Less room below than this, in pixels, and more above: the popover opens upwards. */
const ENOUGH = 320;
/** The properties that it sets. */
const OWN = ['inset', 'inset-inline-end', 'margin', '--room'] as const;

interface Options {
  /** True where its style alone says where it is, as a sheet on phones. */
  readonly isFree?: () => boolean;
}

/**
 * Puts a popover under the element with that id, or above it where there is no room below, ends aligned if the window is wide
 * enough, for as long as it is open. The property `--room` is the height that it can have.
 */
export function under(anchorId: string, { isFree = () => false }: Options = {}): Attachment<HTMLElement> {
  return (popover) => {
    const place = (): void => {
      for (const name of OWN) popover.style.removeProperty(name);
      if (isFree()) return;
      const root = popover.getRootNode() as Document | ShadowRoot;
      const anchor = root.getElementById(anchorId)?.getBoundingClientRect();
      if (anchor === undefined) return;
      const { clientWidth, clientHeight } = document.documentElement;
      const { direction, width } = getComputedStyle(popover);
      // Not shown yet, it has no box; its style knows the width.
      const room = clientWidth - (popover.offsetWidth || parseFloat(width) || 0) - GAP;
      const end = direction === 'rtl' ? anchor.left : clientWidth - anchor.right;
      const below = clientHeight - anchor.bottom - 2 * GAP;
      const above = anchor.top - 2 * GAP;
      const isAbove = below < ENOUGH && above > below;
      Object.assign(popover.style, {
        inset: 'auto',
        margin: '0',
        ...(isAbove ? { bottom: `${clientHeight - anchor.top + GAP}px` } : { top: `${anchor.bottom + GAP}px` }),
        insetInlineEnd: `${Math.max(GAP, Math.min(end, room))}px`,
      });
      popover.style.setProperty('--room', `${isAbove ? above : below}px`);
    };
    const follow = (event: Event): void => {
      window.removeEventListener('resize', place);
      if ((event as ToggleEvent).newState !== 'open') return;
      place();
      // Once more with its true width, before it is seen.
      requestAnimationFrame(place);
      window.addEventListener('resize', place);
    };
    popover.addEventListener('beforetoggle', follow);
    return () => {
      window.removeEventListener('resize', place);
      popover.removeEventListener('beforetoggle', follow);
    };
  };
}
