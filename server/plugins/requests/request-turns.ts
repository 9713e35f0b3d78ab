import { NetworkQueue } from '../../limits/network-queue.ts';
import type { App } from '../app-deps.ts';

/** Requests that are begun in one turn of the event loop, about a millisecond each while they are new to the engine. */
const AT_ONCE = 4;

/**
 * Spreads requests that come together over turns of the event loop, in which others are served too: the system hands over a burst of
 * hundreds at once, and they would be begun one after the other before anybody else's message is looked at. Networks take turns.
 */
export function requestTurns(app: App): void {
  const waiting = new NetworkQueue<() => void>();
  /** Requests begun in this turn. */
  let begun = 0;
  let isTurnSet = false;

  const begin = (go: () => void): void => {
    begun += 1;
    setTurn();
    go();
  };
  const setTurn = (): void => {
    if (!isTurnSet) setImmediate(endTurn);
    isTurnSet = true;
  };
  const endTurn = (): void => {
    isTurnSet = false;
    while (begun < AT_ONCE && waiting.length > 0) begin(waiting.take()!);
    begun = 0;
    if (waiting.length > 0) setTurn();
  };

  app.addHook('onRequest', (request, _reply, done) => {
    if (begun < AT_ONCE && waiting.length === 0) begin(done);
    else waiting.add(request.source, done);
  });
}
