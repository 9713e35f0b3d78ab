import { afterInPieces } from '../../clock.ts';
import type { Clock, PageLifecycle } from './transport.ts';

/** The clock of the machine. */
export const platformClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: afterInPieces((delay, callback) => {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  }),
};

/** For programs without a browser around them: always worth a try. */
export const alwaysOnline: PageLifecycle = { isOnline: true, onWake: () => () => {} };

interface EventSource {
  addEventListener(type: string, listener: () => void): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** What is used of a browser's window. */
interface Page extends EventSource {
  readonly navigator: { readonly onLine: boolean };
  readonly document: EventSource & { readonly visibilityState: string };
}

/** The lifecycle of a browser's page, from its events: online or offline, visible or hidden, left, back from the page cache. */
export function browserLifecycle(page = globalThis as unknown as Page): PageLifecycle {
  const { document } = page;
  return {
    get isOnline() {
      return page.navigator.onLine;
    },
    onWake(callback) {
      return listen([
        [page, 'online', callback],
        [page, 'pageshow', callback],
        [document, 'visibilitychange', () => document.visibilityState === 'visible' && callback()],
      ]);
    },
    onOffline(callback) {
      return listen([[page, 'offline', callback]]);
    },
    onSleep(callback) {
      return listen([[document, 'visibilitychange', () => document.visibilityState === 'hidden' && callback()]]);
    },
    onLeave(callback) {
      return listen([[page, 'pagehide', callback]]);
    },
  };
}

function listen(listeners: [EventSource, string, () => void][]): () => void {
  for (const [source, type, listener] of listeners) source.addEventListener(type, listener);
  return () => {
    for (const [source, type, listener] of listeners) source.removeEventListener(type, listener);
  };
}
