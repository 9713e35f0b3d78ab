import type { Stopwatch } from '../../shared/clock.ts';
import { type BackgroundJobs, every } from '../base/background-jobs.ts';

/** What the heartbeat does with a peer. */
export interface Peer {
  /** Sends a ping. */
  ping(): void;
  /** Called if nothing was heard for the timeout. */
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

/** Milliseconds between two checks of the peers; less if the interval is short. */
const LOOK_EVERY = 1000;

/** Pings every peer once per interval, each at its own time, and gives up peers that were silent for the timeout (rule B1). */
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

  /** Number of peers. */
  get size(): number {
    return this.#peers.size;
  }

  /** Watches a peer until `end` is called. `heard` is called on every sign of life. */
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
    // Peers that would time out before the next check are given up now.
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
