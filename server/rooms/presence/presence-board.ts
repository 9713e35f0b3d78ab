import type { Stopwatch } from '../../../shared/clock.ts';
import type { Collaborator, Cursor, PresenceState } from '../../../shared/protocol/presence-messages.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/users.ts';
import type { FrameArena } from '../frames/frame-arena.ts';
import { encodeMessage } from '../frames/frames.ts';
import { VISIBLE_COLLABORATORS } from '../services/room-limits.ts';
import { SharedFrame } from '../frames/shared-frame.ts';
import type { Frame } from '../frames/wire-frame.ts';

/** Joins, leaves and renames go out at most this often, in milliseconds (protocol section 4); in a crowd as many as there are people. */
const COLLABORATORS_INTERVAL = 100;
/** Carets go out at most this often. */
const CURSORS_INTERVAL = 50;
/** Somebody active takes the place of a shown collaborator who has been still for this long. */
const YIELD_AFTER = 5000;

interface Entry {
  readonly sessionId: string;
  user: User;
  role: Role;
  state: PresenceState;
  cursor: Cursor | null;
  lastActive: number;
  /** When they last did more than be there. */
  lastActed: number;
}

/** From so many sessions on, whoever has only come is counted to newcomers, and listed when they do something. */
const CROWD = 2 * VISIBLE_COLLABORATORS;
/** For so many milliseconds after they did something they are listed. */
const LISTED_FOR = 30_000;

/** What the board asks of its room. */
export interface PresenceRoom {
  readonly documentId: string;
  /** The newest version. */
  readonly version: number;
  /** The cursor as it stands in the newest text; null where that cannot be told any more, or only with too much work. */
  carry(cursor: Cursor, sessionId: string): Cursor | null;
  /** Sends a frame of so many messages to every session of the room; `frameFor` may give some of them another one, or none. */
  broadcast(frameFor: (sessionId: string) => Frame | undefined, messages: number): void;
}

/** Who is in a room and where their carets are. Never stored; told to the room in coalesced messages. */
export class PresenceBoard {
  readonly #room: PresenceRoom;
  readonly #clock: Stopwatch;
  readonly #memory: FrameArena;
  readonly #entries = new Map<string, Entry>();
  /** Sessions that are shown one by one. */
  readonly #visible = new Set<string>();
  /** Sessions that the room was told of. */
  readonly #announced = new Set<string>();
  readonly #changed = new Set<string>();
  readonly #moved = new Set<string>();
  #countChanged = false;
  #lastCollaborators = -Infinity;
  #lastCursors = -Infinity;
  #cancelTimer: (() => void) | undefined;

  constructor(room: PresenceRoom, { clock, frameArena }: { clock: Stopwatch; frameArena: FrameArena }) {
    this.#room = room;
    this.#clock = clock;
    this.#memory = frameArena;
  }

  get count(): number {
    return this.#entries.size;
  }

  /** Adds or replaces a session; one that comes back under its id keeps its place. */
  enter(sessionId: string, user: User, role: Role): void {
    const lastActive = this.#clock.monotonic();
    this.#entries.set(sessionId, {
      sessionId,
      user,
      role,
      state: 'active',
      cursor: null,
      lastActive,
      lastActed: -Infinity,
    });
    if (this.#visible.size < VISIBLE_COLLABORATORS) this.#visible.add(sessionId);
    this.#countChanged = true;
    this.#noteChange(sessionId);
  }

  leave(sessionId: string): void {
    const wasCrowded = this.#isCrowded;
    if (!this.#entries.delete(sessionId)) return;
    this.#visible.delete(sessionId);
    // Those who came into the crowd get to know everybody.
    if (wasCrowded && !this.#isCrowded) for (const id of this.#visible) this.#changed.add(id);
    this.#moved.delete(sessionId);
    if (this.#visible.size < Math.min(VISIBLE_COLLABORATORS, this.#entries.size)) this.#showNext();
    this.#countChanged = true;
    this.#noteChange(sessionId);
  }

  setState(sessionId: string, state: PresenceState): void {
    const entry = this.#entries.get(sessionId);
    if (entry === undefined || entry.state === state) return;
    entry.state = state;
    if (state === 'active') this.touch(sessionId);
    this.#noteChange(sessionId);
  }

  setCursor(sessionId: string, cursor: Cursor | null): void {
    const entry = this.#entries.get(sessionId);
    if (entry === undefined) return;
    entry.cursor = cursor;
    this.touch(sessionId);
    this.#moved.add(sessionId);
    this.#schedule();
  }

  /** Shows a new name, colour or role. */
  update(sessionId: string, fields: { user?: User; role?: Role }): void {
    const entry = this.#entries.get(sessionId);
    if (entry === undefined) return;
    Object.assign(entry, fields);
    this.#noteChange(sessionId);
  }

  /** Notes that somebody did something; in a crowded room that makes them seen. */
  touch(sessionId: string): void {
    const entry = this.#entries.get(sessionId);
    if (entry === undefined) return;
    const now = this.#clock.monotonic();
    entry.lastActive = now;
    // Newcomers of a crowd do not know whoever was still.
    const isNews = this.#isCrowded && entry.lastActed < now - LISTED_FOR;
    entry.lastActed = now;
    if (this.#visible.has(sessionId)) {
      if (isNews) this.#noteChange(sessionId);
      return;
    }
    if (this.#visible.size >= VISIBLE_COLLABORATORS) {
      let stillest = entry;
      for (const other of this.#visible) {
        const shown = this.#entries.get(other)!;
        if (shown.lastActive < stillest.lastActive) stillest = shown;
      }
      if (stillest.lastActive > entry.lastActive - YIELD_AFTER) return;
      this.#visible.delete(stillest.sessionId);
      this.#noteChange(stillest.sessionId);
    }
    this.#show(entry);
  }

  /** Moves the shown cursors to the newest version; called while that takes few steps. Others may be too far back once they are shown. */
  carryAll(): void {
    for (const sessionId of this.#visible) this.#collaborator(this.#entries.get(sessionId)!);
  }

  /** The most active collaborators, `sessionId` always among them; of a crowd, those who did something lately. */
  collaboratorsFor(sessionId: string): Collaborator[] {
    const since = this.#isCrowded ? this.#clock.monotonic() - LISTED_FOR : -Infinity;
    const list: Entry[] = [];
    for (const id of this.#visible) {
      const entry = this.#entries.get(id)!;
      if (id !== sessionId && entry.lastActed >= since) list.push(entry);
    }
    list.sort(byActivity);
    const own = this.#entries.get(sessionId);
    if (own !== undefined) list.splice(Math.min(list.length, VISIBLE_COLLABORATORS - 1), list.length, own);
    return list.sort(byActivity).map((entry) => this.#collaborator(entry));
  }

  /** Each user once, the most active first. */
  users(): { users: User[]; count: number } {
    const byId = new Map<string, User>();
    for (const entry of this.#mostActive()) if (!byId.has(entry.user.id)) byId.set(entry.user.id, entry.user);
    return { users: [...byId.values()].slice(0, VISIBLE_COLLABORATORS), count: byId.size };
  }

  /** Ends the timer. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  get #isCrowded(): boolean {
    return this.#entries.size > CROWD;
  }

  /** Where a thousand come at once, being told ten times a second of a thousand would cost more than letting them in. */
  get #collaboratorsInterval(): number {
    return Math.max(COLLABORATORS_INTERVAL, this.#entries.size);
  }

  #mostActive(): Entry[] {
    return [...this.#entries.values()].sort(byActivity);
  }

  /** Gives a free place to the most active session that has none. */
  #showNext(): void {
    let next: Entry | undefined;
    for (const entry of this.#entries.values()) {
      if (!this.#visible.has(entry.sessionId) && entry.lastActive >= (next?.lastActive ?? 0)) next = entry;
    }
    if (next !== undefined) this.#show(next);
  }

  #show(entry: Entry): void {
    this.#visible.add(entry.sessionId);
    this.#noteChange(entry.sessionId);
  }

  #noteChange(sessionId: string): void {
    this.#changed.add(sessionId);
    this.#schedule();
  }

  #collaborator(entry: Entry): Collaborator {
    const { sessionId, user, role, state } = entry;
    entry.cursor = entry.cursor && this.#room.carry(entry.cursor, sessionId);
    return { sessionId, user, role, state, cursor: entry.cursor };
  }

  #schedule(): void {
    if (this.#cancelTimer !== undefined) return;
    const due = Math.min(
      this.#moved.size > 0 ? this.#lastCursors + CURSORS_INTERVAL : Infinity,
      this.#changed.size > 0 ? this.#lastCollaborators + this.#collaboratorsInterval : Infinity,
    );
    this.#cancelTimer = this.#clock.after(Math.max(0, due - this.#clock.monotonic()), () => {
      this.#cancelTimer = undefined;
      this.#flush();
    });
  }

  #flush(): void {
    const now = this.#clock.monotonic();
    const collaborators =
      this.#changed.size > 0 && now >= this.#lastCollaborators + this.#collaboratorsInterval
        ? this.#collaboratorsUpdate()
        : undefined;
    if (collaborators !== undefined) this.#lastCollaborators = now;
    const cursors = this.#moved.size > 0 && now >= this.#lastCursors + CURSORS_INTERVAL ? this.#cursorUpdates() : [];
    if (cursors.length > 0) this.#lastCursors = now;
    const head = collaborators === undefined ? [] : [collaborators];
    const messages = [...head, ...cursors.map((cursor) => cursor.message)];
    if (messages.length > 0) {
      const frame = new SharedFrame(messages, this.#memory);
      const own = new Map(cursors.map(({ sessionId }, index) => [sessionId, head.length + index]));
      this.#room.broadcast((sessionId) => {
        const index = own.get(sessionId);
        return index === undefined ? frame.wire : frame.vary([{ index, message: undefined }]);
      }, messages.length);
    }
    if (this.#changed.size > 0 || this.#moved.size > 0) this.#schedule();
  }

  /** What changed since the room was last told, or nothing where it cancelled itself out. */
  #collaboratorsUpdate(): string | undefined {
    const joined: Collaborator[] = [];
    const left: string[] = [];
    const changed: Collaborator[] = [];
    for (const sessionId of this.#changed) {
      const entry = this.#visible.has(sessionId) ? this.#entries.get(sessionId) : undefined;
      const known = this.#announced.has(sessionId);
      if (entry !== undefined) {
        (known ? changed : joined).push(this.#collaborator(entry));
        this.#announced.add(sessionId);
      } else if (known) {
        left.push(sessionId);
        this.#announced.delete(sessionId);
      }
    }
    this.#changed.clear();
    const isEmpty = joined.length + left.length + changed.length === 0 && !this.#countChanged;
    this.#countChanged = false;
    const { documentId } = this.#room;
    return isEmpty
      ? undefined
      : encodeMessage({ type: 'collaborators-update', documentId, joined, left, changed, count: this.count });
  }

  #cursorUpdates(): { sessionId: string; message: string }[] {
    const updates: { sessionId: string; message: string }[] = [];
    for (const sessionId of this.#moved) {
      const entry = this.#visible.has(sessionId) ? this.#entries.get(sessionId) : undefined;
      if (entry === undefined) continue;
      const { cursor } = this.#collaborator(entry);
      const version = cursor?.version ?? this.#room.version;
      updates.push({
        sessionId,
        message: encodeMessage({ type: 'cursor-update', sessionId, version, ranges: cursor?.ranges ?? null }),
      });
    }
    this.#moved.clear();
    return updates;
  }
}

function byActivity(a: Entry, b: Entry): number {
  return b.lastActive - a.lastActive;
}
