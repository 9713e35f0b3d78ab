import type { Clock } from '../../shared/clock.ts';
import type { PresenceState } from '../../shared/protocol/presence-messages.ts';

/** Without a key, pointer or touch for this long, in milliseconds, a person is idle. */
export const IDLE_AFTER = 60_000;
/** With the tab hidden for this long, in milliseconds, they are away. */
export const AWAY_AFTER = 30_000;

/** What tells that somebody is there. */
export interface ActivitySource {
  readonly isHidden: boolean;
  /** Calls back at every sign of life. Returns the function that ends it. */
  onActive(callback: () => void): () => void;
  /** Calls back when the tab is hidden or shown. Returns the function that ends it. */
  onVisibility(callback: () => void): () => void;
}

/** Calls `tell` whenever the person becomes active, idle or away; returns the function that ends it. */
export function watchActivity(source: ActivitySource, clock: Clock, tell: (state: PresenceState) => void): () => void {
  let state: PresenceState = 'active';
  let cancel = (): void => undefined;
  const become = (next: PresenceState): void => {
    if (next === state) return;
    state = next;
    tell(next);
  };
  const expectIdle = (): void => {
    cancel();
    cancel = clock.after(IDLE_AFTER, () => become('idle'));
  };
  const onActive = (): void => {
    if (source.isHidden) return;
    become('active');
    expectIdle();
  };
  const onVisibility = (): void => {
    if (!source.isHidden) return onActive();
    cancel();
    cancel = clock.after(AWAY_AFTER, () => become('away'));
  };
  const endings = [source.onActive(onActive), source.onVisibility(onVisibility)];
  if (source.isHidden) onVisibility();
  else expectIdle();
  return () => {
    cancel();
    for (const end of endings) end();
  };
}

/** Signs of life in a browser's page. */
export function pageActivity(page: Document): ActivitySource {
  const gestures = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;
  return {
    get isHidden() {
      return page.visibilityState === 'hidden';
    },
    onActive: (callback) => {
      for (const name of gestures) page.addEventListener(name, callback, { passive: true, capture: true });
      return () => {
        for (const name of gestures) page.removeEventListener(name, callback, { capture: true });
      };
    },
    onVisibility: (callback) => {
      page.addEventListener('visibilitychange', callback);
      return () => page.removeEventListener('visibilitychange', callback);
    },
  };
}
