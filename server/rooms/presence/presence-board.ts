import type { Stopwatch } from '../../../shared/clock.ts';
import { ProtocolError } from '../../../shared/protocol/frame.ts';
import type { Collaborator, CursorMessage, PresenceState } from '../../../shared/protocol/presence-messages.ts';
import type { Role } from '../../../shared/protocol/roles.ts';
import type { User } from '../../../shared/protocol/fields.ts';
import type { Change } from '../../../shared/sync/change.ts';
import type { FrameArena } from '../frames/frame-arena.ts';
import { encodeMessage } from '../frames/frames.ts';
import { SharedFrame } from '../frames/shared-frame.ts';
import type { Audience, PartDeps, PartFields, PartMessage, PartSession, RoomPart } from '../parts/room-part.ts';
import type { RoomServices } from '../services/room-services.ts';
import { CarriedCursors } from './carried-cursors.ts';
import { ShownCollaborators, type Entry } from './shown-collaborators.ts';

/** Joins, leaves and renames go out at most this often, in milliseconds (protocol section 4). */
const COLLABORATORS_INTERVAL = 100;
/** Carets go out at most this often, in milliseconds. */
const CURSORS_INTERVAL = 50;

/** The messages that say where somebody is and whether they are there. */
type PresenceMessage = Extract<PartMessage, { type: 'cursor' | 'presence' }>;

/** Who is in a room and where their carets are. Never stored; told to the room in coalesced messages. */
export class PresenceBoard implements RoomPart<PresenceMessage> {
  readonly #documentId: string;
  readonly #audience: Audience;
  readonly #clock: Stopwatch;
  readonly #arena: FrameArena;
  readonly #cursors: CarriedCursors;
  readonly #people: ShownCollaborators;
  readonly #stateChanged: (sessionId: string) => void;
  /** Sessions that the room was told of. */
  readonly #announced = new Set<string>();
  /** Sessions that changed, and whose carets moved, since the room was last told. */
  readonly #changed = new Set<string>();
  readonly #moved = new Set<string>();
  #countChanged = false;
  #lastCollaborators = -Infinity;
  #lastCursors = -Infinity;
  #cancelTimer: (() => void) | undefined;

  /** `stateChanged` is called before a session that was there is away, and after one that was away is there. */
  constructor(
    { documentId, log, audience }: PartDeps,
    { clock, frameArena, limits }: Pick<RoomServices, 'clock' | 'frameArena' | 'limits'>,
    stateChanged: (sessionId: string) => void = () => undefined,
  ) {
    this.#stateChanged = stateChanged;
    this.#documentId = documentId;
    this.#audience = audience;
    this.#clock = clock;
    this.#arena = frameArena;
    this.#cursors = new CarriedCursors(log, limits.caretSteps);
    this.#people = new ShownCollaborators(clock, (sessionId) => this.#noteChange(sessionId));
  }

  /** Each user once, the most active first, and how many there are. */
  users(): { users: User[]; count: number } {
    return this.#people.users();
  }

  /** Whether a session has nobody who looks at it. */
  isAway(sessionId: string): boolean {
    return this.#people.get(sessionId)?.state === 'away';
  }

  handle(message: PresenceMessage, { sessionId }: PartSession): void {
    const entry = this.#people.get(sessionId);
    if (message.type === 'cursor') this.#setCursor(message, entry);
    else if (entry !== undefined) this.#setState(message.state, entry);
  }

  welcome({ sessionId, user, role }: PartSession): PartFields {
    this.#countChanged = true;
    this.#people.enter(sessionId, user, role);
    const collaborators = this.#people.listFor(sessionId).map((entry) => this.#collaborator(entry));
    return { collaborators, count: this.#people.count };
  }

  committed(changes: readonly Change[]): void {
    for (const { sessionId } of changes) {
      const author = this.#people.get(sessionId);
      if (author !== undefined) this.#people.touch(author);
    }
    // Of those that are not shown, the cursor may be too far back once they are.
    if (this.#cursors.isDue()) for (const entry of this.#people.allShown()) this.#carry(entry);
  }

  /** A session is gone. */
  leave(sessionId: string): void {
    this.#moved.delete(sessionId);
    if (this.#people.leave(sessionId)) this.#countChanged = true;
  }

  /** Shows a new name, colour or role of a session. */
  update({ sessionId, user, role }: { sessionId: string; user: User; role: Role }): void {
    const entry = this.#people.get(sessionId);
    if (entry === undefined) return;
    entry.user = user;
    entry.role = role;
    this.#noteChange(sessionId);
  }

  /** Ends the timer. */
  close(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #setState(state: PresenceState, entry: Entry): void {
    if (entry.state === state) return;
    if (state === 'away') this.#stateChanged(entry.sessionId);
    const wasAway = entry.state === 'away';
    entry.state = state;
    if (wasAway) this.#stateChanged(entry.sessionId);
    if (state === 'active') this.#people.touch(entry);
    this.#noteChange(entry.sessionId);
  }

  #setCursor({ version, ranges }: CursorMessage, entry: Entry | undefined): void {
    if (ranges !== null && version === undefined) {
      throw new ProtocolError('bad_message', 'A cursor stands in the text of a version');
    }
    if (entry === undefined) return;
    const cursor = ranges && this.#cursors.carry({ version: version!, ranges }, entry.sessionId);
    // A caret in a text that is not here, or no longer, is only late: the next one will do.
    if (ranges !== null && cursor === null) return;
    entry.cursor = cursor;
    this.#people.touch(entry);
    this.#moved.add(entry.sessionId);
    this.#schedule();
  }

  /** With a thousand sessions, telling a thousand of them ten times a second would cost more than letting them in. */
  get #collaboratorsInterval(): number {
    return Math.max(COLLABORATORS_INTERVAL, this.#people.count);
  }

  #noteChange(sessionId: string): void {
    this.#changed.add(sessionId);
    this.#schedule();
  }

  #carry(entry: Entry): void {
    entry.cursor = entry.cursor && this.#cursors.carry(entry.cursor, entry.sessionId);
  }

  #collaborator(entry: Entry): Collaborator {
    this.#carry(entry);
    const { sessionId, user, role, state, cursor } = entry;
    return { sessionId, user, role, state, cursor };
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
      const frame = new SharedFrame(messages, this.#arena);
      const own = new Map(cursors.map(({ sessionId }, index) => [sessionId, head.length + index]));
      this.#audience.send(({ sessionId }) => {
        const index = own.get(sessionId);
        return index === undefined ? frame.wire : frame.vary([{ index, message: undefined }]);
      }, messages.length);
    }
    if (this.#changed.size > 0 || this.#moved.size > 0) this.#schedule();
  }

  /** What changed since the room was last told; undefined if it cancelled itself out. */
  #collaboratorsUpdate(): string | undefined {
    const joined: Collaborator[] = [];
    const left: string[] = [];
    const changed: Collaborator[] = [];
    for (const sessionId of this.#changed) {
      const entry = this.#people.shown(sessionId);
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
    if (isEmpty) return undefined;
    const { count } = this.#people;
    return encodeMessage({
      type: 'collaborators-update',
      documentId: this.#documentId,
      joined,
      left,
      changed,
      count,
    });
  }

  #cursorUpdates(): { sessionId: string; message: string }[] {
    const updates: { sessionId: string; message: string }[] = [];
    for (const sessionId of this.#moved) {
      const entry = this.#people.shown(sessionId);
      if (entry === undefined) continue;
      this.#carry(entry);
      const version = entry.cursor?.version ?? this.#cursors.version;
      const ranges = entry.cursor?.ranges ?? null;
      updates.push({ sessionId, message: encodeMessage({ type: 'cursor-update', sessionId, version, ranges }) });
    }
    this.#moved.clear();
    return updates;
  }
}
