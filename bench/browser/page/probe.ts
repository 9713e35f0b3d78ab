/**
 * Put into a page before its own scripts: takes the time from the press of a key to the frame that shows its letter, and notes
 * long tasks.
 */
import type { LongTask, PageProbe } from '../page-report.ts';

let painted: number[] = [];
let longTasks: LongTask[] = [];
let firstText: number | undefined;

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) longTasks.push({ at: startTime, duration });
}).observe({ type: 'longtask', buffered: true });

/** The text of the line in which the caret stands. */
function ownLine(): string {
  const node = document.getSelection()?.anchorNode ?? null;
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

/** Waits for the first frame in which the editor has letters. */
function awaitText(): void {
  requestAnimationFrame(() => {
    if ((document.querySelector('.cm-line')?.textContent ?? '') === '') return awaitText();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (firstText = performance.now());
    port2.postMessage(undefined);
  });
}
awaitText();

addEventListener(
  'keydown',
  (event) => {
    // The browser's own time stamp, so that the wait for a busy page counts.
    if (event.key.length === 1 && !event.ctrlKey) follow(event.timeStamp, ownLine());
  },
  { capture: true },
);

const probe: PageProbe = {
  take() {
    const report = { painted, longTasks, firstText };
    painted = [];
    longTasks = [];
    return report;
  },
};
Object.assign(window, { probe });
