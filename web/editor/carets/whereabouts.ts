import type { HeightsReader } from './caret-heights.ts';

/** Where a caret is, seen from what is on the screen. */
export type Whereabouts = 'above' | 'here' | 'below';

/** Tells where the carets of the others are, by session, whenever that changes. */
export function whereaboutsReader(tell: (places: ReadonlyMap<string, Whereabouts>) => void): HeightsReader {
  let told = '';
  return (_, { carets, screenTop, screenBottom }) => {
    const places = new Map(
      carets.map(({ caret, top, bottom }): [string, Whereabouts] => [
        caret.sessionId,
        bottom <= screenTop ? 'above' : top >= screenBottom ? 'below' : 'here',
      ]),
    );
    return () => {
      const next = JSON.stringify([...places]);
      if (next === told) return;
      told = next;
      // After the measuring, because `tell` may change the layout.
      queueMicrotask(() => tell(places));
    };
  };
}
