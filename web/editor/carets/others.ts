import type { Extension } from '@codemirror/state';
import * as formats from '../../words/formats.ts';
import { caretsTheme } from './carets-theme.ts';
import { watchCaretHeights } from './caret-heights.ts';
import { OffScreenTicks } from './off-screen-ticks.ts';
import { remoteCaretLayers } from './remote-carets.ts';
import { whereaboutsReader, type Whereabouts } from './whereabouts.ts';

export interface OthersOptions {
  /** Where the carets of the others are, by session. */
  readonly onWhereabouts: (places: ReadonlyMap<string, Whereabouts>) => void;
  /** Somebody wants to see the caret of a session. */
  readonly onReveal: (sessionId: string) => void;
}

/** All that is drawn of the others; where their carets are is in the field `remoteCarets`. */
export function others({ onWhereabouts, onReveal }: OthersOptions): Extension {
  const ticks = new OffScreenTicks(onReveal);
  const heights = watchCaretHeights([whereaboutsReader(onWhereabouts), ticks.read]);
  return [remoteCaretLayers({ over: false, formats }), ticks.extension, heights, caretsTheme];
}
