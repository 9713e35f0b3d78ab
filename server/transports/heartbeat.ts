import type { Stopwatch } from '../../shared/clock.ts';
import { type BackgroundJobs, every } from '../base/background-jobs.ts';

/** What the heartbeat does with a peer. */
export interface Peer {
  /** Asks it for a sign of life. */
  ping(): void;
  /** It gave none for too long. */
  lost(): void;
}

/** What the heartbeat knows of a peer. */
interface PeerState {
  readonly peer: Peer;
  heardAt: number;
  pingedAt: number;
}

/** Settings, in milliseconds. */
export interface HeartbeatLimits {
  readonly heartbeatInterval: number;
  readonly heartbeatTimeout: number;
}

/** Between two looks at the peers, in milliseconds, unless the interval is as short. */
const LOOK_EVERY = 1000;

/** Pings every peer once per interval, each at its own time, and gives up who was silent for the timeout (rule B1). */
export class Heartbeat {
  readonly #limits: HeartbeatLimits;
  readonly #clock: Stopwatch;
  readonly #jobs: Pick<BackgroundJobs, 'run'>;
  readonly #peers = new Set<PeerState>();
  readonly #pause: number;
  #cancel: () => void;

  constructor(limits: HeartbeatLimits, clock: Stopwatch, jobs: Pick<BackgroundJobs, 'run'>) {
    this.#jobs = jobs;
    this.#limits = limits;
    this.#clock = clock;
    this.#pause = Math.min(LOOK_EVERY, limits.heartbeatInterval / 2);
    this.#cancel = clock.after(this.#pause, () => this.#look());
  }

  /** How many peers there are. */
  get size(): number {
    return this.#peers.size;
  }

  /** Watches over a peer, until `end`; `heard` says that it gave a sign of life. */
  watch(peer: Peer): { heard: () => void; end: () => void } {
    const now = this.#clock.monotonic();
    const state: PeerState = { peer, heardAt: now, pingedAt: now };
    this.#peers.add(state);
    return {
      heard: () => {
        state.heardAt = this.#clock.monotonic();
      },
      end: () => void this.#peers.delete(state),
    };
  }

  /** Ends the timer. */
  close(): void {
    this.#cancel();
  }

  #look(): void {
    const now = this.#clock.monotonic();
    const { heartbeatInterval, heartbeatTimeout } = this.#limits;
    // Looking again only after the pause would be too late for who is lost by then.
    const silentSince = now - heartbeatTimeout + this.#pause;
    const lookAt = (state: PeerState): void => {
      if (state.heardAt < silentSince) {
        state.peer.lost();
      } else if (state.pingedAt <= now - heartbeatInterval) {
        state.pingedAt = now;
        state.peer.ping();
      }
    };
    void this.#jobs.run('heartbeat', () => every(this.#peers, lookAt));
    this.#cancel = this.#clock.after(this.#pause, () => this.#look());
  }
}
