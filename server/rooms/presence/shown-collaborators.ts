import type { Stopwatch } from '../../../shared/clock.ts';
import type { Cursor, PresenceState } from '../../../shared/protocol/presence-messages.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import { VISIBLE_COLLABORATORS } from '../services/room-limits.ts';

/** Somebody active takes the place of a shown collaborator who has been still for this many milliseconds. */
const YIELD_AFTER = 5000;
/** With more sessions than this, newcomers are only counted, and shown once they do something. */
const CROWD = 2 * VISIBLE_COLLABORATORS;
/** In a crowd, newcomers are told of those who did something within this many milliseconds. */
const LISTED_FOR = 30_000;

/** A session in the room. Times are monotonic milliseconds. */
export interface Entry {
  readonly sessionId: string;
  user: User;
  role: Role;
  state: PresenceState;
  cursor: Cursor | null;
  lastActive: number;
  /** When they last did more than be there. */
  lastActed: number;
}

/** Who is in a room, and which of them are shown one by one: at most 64, the most active. The others are only counted. */
export class ShownCollaborators {
  readonly #clock: Stopwatch;
  readonly #changed: (sessionId: string) => void;
  /** By session id. */
  readonly #entries = new Map<string, Entry>();
  /** Those that are shown. */
  readonly #shown = new Map<string, Entry>();

  /** `changed` is called for a session that is shown from now on, is not any more, or may be unknown to newcomers of a crowd. */
  constructor(clock: Stopwatch, changed: (sessionId: string) => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  /** How many sessions are there, shown or not. */
  get count(): number {
    return this.#entries.size;
  }

  /** A session that is there, shown or not. */
  get(sessionId: string): Entry | undefined {
    return this.#entries.get(sessionId);
  }

  /** A session that is shown. */
  shown(sessionId: string): Entry | undefined {
    return this.#shown.get(sessionId);
  }

  /** All sessions that are shown. */
  allShown(): Iterable<Entry> {
    return this.#shown.values();
  }

  /** Adds or replaces a session. One that comes back under its id keeps its place. */
  enter(sessionId: string, user: User, role: Role): void {
    const lastActive = this.#clock.monotonic();
    const entry: Entry = { sessionId, user, role, state: 'active', cursor: null, lastActive, lastActed: -Infinity };
    this.#entries.set(sessionId, entry);
    if (this.#shown.size < VISIBLE_COLLABORATORS || this.#shown.has(sessionId)) this.#shown.set(sessionId, entry);
    this.#changed(sessionId);
  }

  /** Removes a session, and gives its place to another. False if it was not there. */
  leave(sessionId: string): boolean {
    const wasCrowded = this.#isCrowded;
    if (!this.#entries.delete(sessionId)) return false;
    this.#shown.delete(sessionId);
    // Those who came into the crowd get to know everybody.
    if (wasCrowded && !this.#isCrowded) for (const id of this.#shown.keys()) this.#changed(id);
    if (this.#shown.size < Math.min(VISIBLE_COLLABORATORS, this.#entries.size)) this.#showNext();
    this.#changed(sessionId);
    return true;
  }

  /** Notes that somebody did something, which may give them a place. */
  touch(entry: Entry): void {
    const now = this.#clock.monotonic();
    entry.lastActive = now;
    // Newcomers of a crowd do not know those who were still.
    const isNews = this.#isCrowded && entry.lastActed < now - LISTED_FOR;
    entry.lastActed = now;
    if (this.#shown.has(entry.sessionId)) {
      if (isNews) this.#changed(entry.sessionId);
      return;
    }
    if (this.#shown.size >= VISIBLE_COLLABORATORS) {
      let stillest = entry;
      for (const other of this.#shown.values()) if (other.lastActive < stillest.lastActive) stillest = other;
      if (stillest.lastActive > entry.lastActive - YIELD_AFTER) return;
      this.#shown.delete(stillest.sessionId);
      this.#changed(stillest.sessionId);
    }
    this.#show(entry);
  }

  /** Whom a newcomer is told of, the most active first: of a crowd those who did something lately. The newcomer is among them. */
  listFor(sessionId: string): Entry[] {
    const since = this.#isCrowded ? this.#clock.monotonic() - LISTED_FOR : -Infinity;
    const list: Entry[] = [];
    for (const entry of this.#shown.values()) {
      if (entry.sessionId !== sessionId && entry.lastActed >= since) list.push(entry);
    }
    list.sort(byActivity);
    const own = this.#entries.get(sessionId);
    if (own !== undefined) list.splice(Math.min(list.length, VISIBLE_COLLABORATORS - 1), list.length, own);
    return list.sort(byActivity);
  }

  /** Each user once, the most active first, and how many there are. */
  users(): { users: User[]; count: number } {
    const byId = new Map<string, User>();
    for (const { user } of [...this.#entries.values()].sort(byActivity))
      if (!byId.has(user.id)) byId.set(user.id, user);
    return { users: [...byId.values()].slice(0, VISIBLE_COLLABORATORS), count: byId.size };
  }

  get #isCrowded(): boolean {
    return this.#entries.size > CROWD;
  }

  /** Gives a free place to the most active session that has none. */
  #showNext(): void {
    let next: Entry | undefined;
    for (const entry of this.#entries.values()) {
      if (!this.#shown.has(entry.sessionId) && entry.lastActive >= (next?.lastActive ?? 0)) next = entry;
    }
    if (next !== undefined) this.#show(next);
  }

  #show(entry: Entry): void {
    this.#shown.set(entry.sessionId, entry);
    this.#changed(entry.sessionId);
  }
}

function byActivity(a: Entry, b: Entry): number {
  return b.lastActive - a.lastActive;
}
