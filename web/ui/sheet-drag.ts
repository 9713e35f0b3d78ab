import type { Attachment } from 'svelte/attachments';
import { settled, type SheetSize } from './sheet-size.ts';

/** Movement, in pixels, below which a press is a press. */
const SLOP = 6;
/** The speed is that of the last movements, in milliseconds before the end. */
const RECENT = 80;

/**
 * A grip, a child of a sheet at the bottom of the screen, by which a finger or a mouse makes the sheet as high as it likes, or closes
 * it. While it is dragged, the sheet's property `--dragged` is its height.
 */
export function sheetDrag(onsettle: (outcome: SheetSize | 'closed') => void): Attachment<HTMLElement> {
  return (grip) => {
    const sheet = grip.parentElement!;
    let trail: { readonly at: number; readonly y: number }[] = [];
    let begin: { readonly y: number; readonly height: number } | undefined;
    let isDragged = false;

    const heightAt = (y: number): number => begin!.height + begin!.y - y;

    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      grip.setPointerCapture(event.pointerId);
      begin = { y: event.clientY, height: sheet.offsetHeight };
      trail = [];
      isDragged = false;
    };
    const move = (event: PointerEvent): void => {
      if (begin === undefined) return;
      isDragged ||= Math.abs(event.clientY - begin.y) > SLOP;
      if (!isDragged) return;
      trail.push({ at: event.timeStamp, y: event.clientY });
      sheet.style.setProperty('--dragged', `${heightAt(event.clientY)}px`);
    };
    const up = (event: PointerEvent): void => {
      if (begin !== undefined && isDragged) {
        const screen = window.visualViewport?.height ?? window.innerHeight;
        const recent = trail.find(({ at }) => event.timeStamp - at < RECENT);
        const seconds = recent === undefined ? 0 : (event.timeStamp - recent.at) / 1000;
        const speed = seconds > 0 ? (recent!.y - event.clientY) / screen / seconds : 0;
        sheet.style.removeProperty('--dragged');
        // What is no end of a drag but of a gesture that the browser took over changes nothing.
        if (event.type === 'pointerup') onsettle(settled(heightAt(event.clientY) / screen, speed));
      }
      begin = undefined;
    };
    /** The end of a drag is no press. */
    const click = (event: MouseEvent): void => {
      if (isDragged && event.detail > 0) event.stopImmediatePropagation();
      isDragged = false;
    };
    const handlers = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up } as const;
    for (const [type, handler] of Object.entries(handlers)) grip.addEventListener(type, handler as EventListener);
    grip.addEventListener('click', click, { capture: true });
    return () => {
      for (const [type, handler] of Object.entries(handlers)) grip.removeEventListener(type, handler as EventListener);
      grip.removeEventListener('click', click, { capture: true });
    };
  };
}
