import type { CloseCode } from '../../shared/protocol/errors.ts';
import { within } from '../../shared/clock.ts';
import { every } from '../base/background-jobs.ts';
import { isDamage, noSuchDocument, RefusalError, withoutDamage } from '../base/refusal.ts';
import { Slices } from '../base/slices.ts';
import { RoomLog } from './commit/room-log.ts';
import { EvictionSnapshots, evictUntilFits } from './eviction.ts';
import { FrameArena } from './frames/frame-arena.ts';
import { Room } from './room/room.ts';
import type { RoomCatalogue } from './room/room-access.ts';
import type { VisitCatalogue } from '../stores/visit-catalogue.ts';
import { CommitScheduler } from './services/commit-scheduler.ts';
import { RoomCounters } from './services/room-counters.ts';
import type { RoomServices } from './services/room-services.ts';
import { VisitLog } from './services/visit-log.ts';
import { SessionQuota } from './session-quota.ts';
import { RoomSession } from './session/room-session.ts';
import type { ClientConnection, SocketAuth } from './session/session-deps.ts';

/** Milliseconds between two looks for idle rooms and slow readers. */
const SWEEP_INTERVAL = 1000;
/** Sweeps from one note of what everybody has seen to the next. */
const SWEEPS_PER_VISIT = 30;

/** What the registry is handed; it makes the rest of what rooms share. */
export interface RegistryDeps extends Omit<RoomServices, 'turns' | 'slices' | 'counters' | 'frameArena' | 'visits'> {
  readonly catalogue: RoomCatalogue & Pick<VisitCatalogue, 'saveVisits'>;
  /** By the common clock if not given; tests with a manual clock give one with the real time. */
  readonly turns?: CommitScheduler;
}

/** How the open documents are doing, for readiness and metrics. */
export interface RoomsHealth {
  /** Documents in memory. */
  readonly rooms: number;
  /** Live sessions of all rooms. */
  readonly sessions: number;
  /** Submissions that wait for a commit. */
  readonly queued: number;
}

/** All open documents of this process: one room each, read from the log when it is first asked for, evicted when idle. */
export class RoomRegistry {
  readonly services: RoomServices & { readonly catalogue: RoomCatalogue };
  /** All rooms, also those that are being opened. */
  readonly #rooms = new Map<string, Promise<Room>>();
  readonly #open = new Map<string, Room>();
  readonly #sessions = new Set<RoomSession>();
  readonly #quota: SessionQuota;
  readonly #evicted: EvictionSnapshots;
  #isAccepting = true;
  #sweeps = 0;
  #cancelSweep: () => void;

  constructor({ turns, ...shared }: RegistryDeps) {
    const { clock, jobs, limits } = shared;
    this.services = {
      ...shared,
      turns: turns ?? new CommitScheduler(clock),
      counters: new RoomCounters(clock),
      slices: new Slices(clock),
      frameArena: new FrameArena(),
      visits: new VisitLog(shared.catalogue, clock, jobs),
    };
    this.#quota = new SessionQuota(limits.userSessions);
    this.#evicted = new EvictionSnapshots(clock, jobs);
    this.#cancelSweep = clock.after(SWEEP_INTERVAL, () => this.#sweep());
  }

  get counters(): RoomCounters {
    return this.services.counters;
  }

  /** For all long work of this process. */
  get slices(): Slices {
    return this.services.slices;
  }

  /** False from `close` on. */
  get isAccepting(): boolean {
    return this.#isAccepting;
  }

  /** Begins a session on a document. The caller hands it frames, and calls `end` when the socket is gone. */
  startSession(
    documentId: string,
    connection: ClientConnection,
    socketAuth: SocketAuth,
  ): { session: RoomSession; end: () => void } {
    const counted = this.#quota.open();
    const session = new RoomSession(documentId, connection, this.services, {
      admit: async (join) => {
        const requester = await socketAuth.admit(join);
        counted.countFor(requester.id);
        return requester;
      },
      verify: (token) => socketAuth.verify(token),
      sessionIdOf: (clientId) => this.services.sessionIdOf(documentId, clientId),
      open: () => this.open(documentId),
    });
    this.#sessions.add(session);
    const end = (): void => {
      this.#sessions.delete(session);
      counted.end();
      session.disconnected();
    };
    return { session, end };
  }

  /** The room of a document, opened if it is not in memory. Throws RefusalError `not_found`, `unavailable`. */
  async open(documentId: string): Promise<Room> {
    if (!this.#isAccepting) throw new RefusalError('unavailable', 'The server is stopping');
    const known = this.#rooms.get(documentId) ?? this.#load(documentId);
    this.#rooms.set(documentId, known);
    const room = await known;
    room.touch();
    return room;
  }

  /** Whether a document is in memory, and therefore exists and is not in the trash. */
  isOpen(documentId: string): boolean {
    return this.#open.has(documentId);
  }

  /** The room of a document that is in memory. */
  find(documentId: string): Room | undefined {
    return this.#open.get(documentId);
  }

  /** The same, also if it is being opened just now. */
  async findOpening(documentId: string): Promise<Room | undefined> {
    return this.#rooms.get(documentId)?.catch(() => undefined);
  }

  /** All rooms in memory. */
  all(): Iterable<Room> {
    return this.#open.values();
  }

  /** Closes the room of a document that is in memory, and returns it. */
  closeRoom(documentId: string, code: CloseCode): Room | undefined {
    const room = this.#open.get(documentId);
    this.#forget(documentId);
    room?.close(code);
    return room;
  }

  /** What `read` resolves with. If the stored document is damaged, logs that and throws RefusalError `unavailable`. */
  async reading<T>(documentId: string, read: Promise<T>): Promise<T> {
    try {
      return await read;
    } catch (error) {
      if (isDamage(error)) this.services.logger.error({ documentId, err: error }, 'A stored document is damaged');
      throw withoutDamage(error);
    }
  }

  /** Finishes what is queued and tells live sessions that the server restarts (1012). */
  async close(): Promise<void> {
    this.#isAccepting = false;
    this.#cancelSweep();
    const rooms = await Promise.all([...this.#rooms.values()].map((room) => room.catch(() => undefined)));
    const { clock, limits } = this.services;
    // Clients may have queued minutes of work.
    await within(clock, limits.lastCommits, Promise.all(rooms.map(async (room) => room?.finish())));
    for (const room of rooms) if (room !== undefined) this.#evict(room, 1012);
    for (const session of [...this.#sessions]) session.close(1012);
    await Promise.all([this.#evicted.finish(limits.lastSnapshots), this.services.visits.finish(limits.lastSnapshots)]);
  }

  /** Bytes that open documents take in memory, and bytes that wait for slow readers. */
  memory(): { rooms: number; sendBuffers: number } {
    let [rooms, sendBuffers] = [0, 0];
    for (const room of this.#open.values()) rooms += room.bytes;
    for (const session of this.#sessions) sendBuffers += session.connection.queuedBytes;
    return { rooms, sendBuffers };
  }

  health(): RoomsHealth {
    let queued = 0;
    let sessions = 0;
    for (const room of this.#open.values()) {
      queued += room.queued;
      sessions += room.sessionCount;
    }
    return { rooms: this.#open.size, sessions, queued };
  }

  async #load(documentId: string): Promise<Room> {
    const { catalogue, store } = this.services;
    try {
      const record = await catalogue.findDocument(documentId);
      this.#evictUntilFits();
      const log = record && (await this.reading(documentId, RoomLog.open(documentId, store)));
      // The settings may have changed while the text was read.
      const current = log && (await catalogue.findDocument(documentId));
      if (log === undefined || current === undefined || current.trashedAt !== undefined) {
        throw noSuchDocument();
      }
      const room = new Room(current, log, this.services, () => {
        this.#forget(documentId);
        room.close(1012);
      });
      try {
        this.#evictUntilFits(room.bytes);
      } catch (error) {
        room.close(1013);
        throw error;
      }
      this.#open.set(documentId, room);
      return room;
    } catch (error) {
      this.#rooms.delete(documentId);
      throw error;
    }
  }

  /** Evicts empty rooms until those that are being opened fit, one of them with `bytes`. Throws RefusalError `unavailable`. */
  #evictUntilFits(bytes = 0): void {
    const opening = { rooms: this.#rooms.size - this.#open.size, bytes };
    evictUntilFits(this.#open.values(), opening, this.services.limits, (room) => this.#evict(room, 1001));
  }

  #evict(room: Room, code: CloseCode): void {
    this.#forget(room.documentId);
    room.close(code);
    this.#evicted.add(room.log);
  }

  #forget(documentId: string): void {
    this.#rooms.delete(documentId);
    this.#open.delete(documentId);
  }

  #sweep(): void {
    const { clock, jobs } = this.services;
    const readers = (): void => every(this.#sessions, (session) => void session.checkSendBuffer());
    const rooms = (): void => every(this.#open.values(), (room) => room.isIdle && this.#evict(room, 1001));
    const visits = (): void => every(this.#open.values(), (room) => room.noteVisits());
    this.#sweeps += 1;
    const works = this.#sweeps % SWEEPS_PER_VISIT === 0 ? [readers, rooms, visits] : [readers, rooms];
    void jobs.run('sweep', () => every(works, (work) => work()));
    this.#cancelSweep = clock.after(SWEEP_INTERVAL, () => this.#sweep());
  }
}
