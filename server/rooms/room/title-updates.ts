import type { Stopwatch } from '../../../shared/clock.ts';
import { encodeMessage } from '../frames/frames.ts';
import { wireFrame, type Frame } from '../frames/wire-frame.ts';

/** A new title goes out at most this often, in milliseconds. */
const PAUSE = 100;

/** Whose title it is, and who hears of it. */
interface TitledRoom {
  readonly title: string;
  broadcast(frameFor: () => Frame, messages: number): void;
}

/** Of many new titles in a row, has the first told at once, and of the others the newest whenever a pause is over. */
export class TitleTeller {
  readonly #room: TitledRoom;
  readonly #clock: Stopwatch;
  #isTold = true;
  /** Set during the pause. */
  #cancel: (() => void) | undefined;

  constructor(room: TitledRoom, clock: Stopwatch) {
    this.#room = room;
    this.#clock = clock;
  }

  /** The title is, or may be, another one. */
  changed(): void {
    this.#isTold = false;
    if (this.#cancel === undefined) this.#tellNewest();
  }

  /** Ends the timer. */
  close(): void {
    this.#cancel?.();
  }

  #tellNewest(): void {
    this.#cancel = undefined;
    if (this.#isTold) return;
    this.#isTold = true;
    const frame = wireFrame(encodeMessage({ type: 'document-meta', title: this.#room.title }));
    this.#room.broadcast(() => frame, 1);
    this.#cancel = this.#clock.after(PAUSE, () => this.#tellNewest());
  }
}
