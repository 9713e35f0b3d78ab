/**
 * Put into a page before its own scripts: takes the time from the press of a key to the frame that shows its letter, and notes
 * long tasks.
 */
import type { LongTask, PageProbe, ShownText } from '../page-report.ts';

let painted: number[] = [];
let longTasks: LongTask[] = [];
let firstText: number | undefined;

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) longTasks.push({ at: startTime, duration });
}).observe({ type: 'longtask', buffered: true });

/** The text of the line in which the caret stands, also within an element that embeds an editor. */
function ownLine(): string {
  const root = document.activeElement?.shadowRoot ?? document;
  // Of shadow roots, Chromium alone has it.
  const node = (root as Document).getSelection()?.anchorNode ?? null;
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest('.cm-line')?.textContent ?? '';
}

/** Waits for the first frame in which the caret's line is another one than before. */
function follow(pressedAt: number, before: string): void {
  requestAnimationFrame(() => {
    if (ownLine() === before) return follow(pressedAt, before);
    // A message comes after the layout and painting of this frame.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => painted.push(performance.now() - pressedAt);
    port2.postMessage(undefined);
  });
}

/** Whether each editor of the page has letters: that of the page itself, or those of its elements. */
function haveLetters(): boolean[] {
  const elements = [...document.querySelectorAll('weft-editor')];
  const roots = elements.length > 0 ? elements.map(({ shadowRoot }) => shadowRoot) : [document];
  return roots.map((root) => (root?.querySelector('.cm-line')?.textContent ?? '') !== '');
}

/** Waits for the first frame in which an editor has letters, and for that in which all have. */
function awaitText(tell: (shown: ShownText) => void): void {
  requestAnimationFrame(() => {
    const have = haveLetters();
    const [some, all] = [have.some(Boolean), document.readyState !== 'loading' && have.every(Boolean)];
    if (!all) awaitText(tell);
    if (!some || (!all && firstText !== undefined)) return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      firstText ??= now;
      if (all) tell({ first: performance.timeOrigin + firstText, all: performance.timeOrigin + now });
    };
    port2.postMessage(undefined);
  });
}
const shown = new Promise<ShownText>(awaitText);

addEventListener(
  'keydown',
  (event) => {
    // The browser's own time stamp, so that the wait for a busy page counts.
    if (event.key.length === 1 && !event.ctrlKey) follow(event.timeStamp, ownLine());
  },
  { capture: true },
);

const probe: PageProbe = {
  shown,
  take() {
    const report = { painted, longTasks, firstText };
    painted = [];
    longTasks = [];
    return report;
  },
};
Object.assign(window, { probe });
