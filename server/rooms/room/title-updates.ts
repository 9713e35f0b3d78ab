import type { Stopwatch } from '../../../shared/clock.ts';
import { encodeMessage } from '../frames/frames.ts';
import { wireFrame } from '../frames/wire-frame.ts';
import type { RoomLog } from '../commit/room-log.ts';
import type { RoomAccess } from './room-access.ts';
import { titleNow } from './room-title.ts';
import type { JoinedSessions } from './joined-sessions.ts';

/** A new title goes out at most this often, in milliseconds. */
const PAUSE = 100;

/** Tells a room its new titles: of many in a row the first at once, and then the newest at the end of each pause. */
export class TitleUpdates {
  readonly #access: RoomAccess;
  readonly #log: Pick<RoomLog, 'head'>;
  readonly #sessions: JoinedSessions;
  readonly #clock: Stopwatch;
  #isTold = true;
  /** Set during the pause. */
  #cancel: (() => void) | undefined;

  constructor(
    { access, log }: { readonly access: RoomAccess; readonly log: Pick<RoomLog, 'head'> },
    sessions: JoinedSessions,
    clock: Stopwatch,
  ) {
    this.#access = access;
    this.#log = log;
    this.#sessions = sessions;
    this.#clock = clock;
  }

  /** The title may have changed. */
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
    const { record } = this.#access;
    const title = titleNow(record, this.#log.head.text);
    const frame = wireFrame(encodeMessage({ type: 'document-meta', title, isNamed: record.isNamed }));
    this.#sessions.send(() => frame, 1);
    this.#cancel = this.#clock.after(PAUSE, () => this.#tellNewest());
  }
}
