import { NetworkQueue } from '../../limits/network-queue.ts';
import type { App } from '../app-deps.ts';

/** Requests begun per turn of the event loop. Each takes about a millisecond until the engine has optimised the code. */
const AT_ONCE = 4;

/**
 * Spreads a burst of requests over turns of the event loop, so that others are served between. The system hands over hundreds at
 * once, which would all be begun before anybody else's message. Networks take turns.
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
