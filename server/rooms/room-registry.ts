import type { CloseCode } from '../../shared/protocol/errors.ts';
import type { User } from '../../shared/protocol/messages.ts';
import type { Change, VersionName } from '../../shared/sync/change.ts';
import { within } from '../../shared/within.ts';
import type { AccessCatalogue } from '../stores/access-catalogue.ts';
import type { DocumentCatalogue, DocumentRecord } from '../stores/document-catalogue.ts';
import type {
  DocumentService,
  PresentUsers,
  ReplaceRequest,
  ServiceHealth,
  SubmitRequest,
} from './document-service.ts';
import type { Snapshot } from '../stores/document-store.ts';
import { DocumentOperations, type OperationsOptions } from './document-operations.ts';
import type { SocketAuth } from './session/socket-auth.ts';
import type { ClientConnection } from './session/client-connection.ts';
import { CommitScheduler } from './services/commit-scheduler.ts';
import { isDamage, noSuchDocument, RefusalError, withoutDamage } from '../base/refusal.ts';
import { Room } from './room/room.ts';
import { every } from '../base/background-jobs.ts';
import { FrameArena } from './frames/frame-arena.ts';
import { RoomCounters } from './services/room-counters.ts';
import type { RoomServices } from './services/room-services.ts';
import { EvictionSnapshots } from './commit/eviction-snapshots.ts';
import { RoomLog } from './commit/room-log.ts';
import { evictUntilFits } from './eviction.ts';
import { RoomSession, type Admission } from './session/room-session.ts';
import { Slices } from '../base/slices.ts';
import { SessionQuota } from './session-quota.ts';

/** Between two looks for idle rooms and slow readers, in milliseconds. */
const SWEEP_INTERVAL = 1000;

/** What the registry needs besides what rooms share. */
export interface RegistryOptions
  extends Omit<RoomServices, 'turns' | 'slices' | 'counters' | 'frameArena'>, Pick<OperationsOptions, 'sessionIdOf'> {
  readonly catalogue: DocumentCatalogue & AccessCatalogue;
  /** By the common clock unless given; tests whose clock stands still take the real time. */
  readonly turns?: CommitScheduler;
}

/** All open documents of this process: one room each, opened from the log when it is first asked for, evicted when idle. */
export class RoomRegistry implements DocumentService {
  readonly #options: RegistryOptions & RoomServices;
  readonly counters: RoomCounters;
  /** For all long work of this process. */
  readonly slices: Slices;
  readonly #rooms = new Map<string, Promise<Room>>();
  readonly #open = new Map<string, Room>();
  readonly #sessions = new Set<RoomSession>();
  readonly #quota: SessionQuota;
  readonly #operations: DocumentOperations;
  readonly #rest: EvictionSnapshots;
  #isAccepting = true;
  #cancelSweep: () => void;

  constructor(options: RegistryOptions) {
    this.counters = new RoomCounters(options.clock);
    this.slices = new Slices(options.clock);
    const { turns = new CommitScheduler(options.clock) } = options;
    this.#options = {
      ...options,
      turns,
      counters: this.counters,
      slices: this.slices,
      frameArena: new FrameArena(),
    };
    this.#operations = new DocumentOperations(this.#options);
    this.#quota = new SessionQuota(options.limits.userSessions);
    this.#rest = new EvictionSnapshots(options.clock, options.jobs);
    this.#cancelSweep = options.clock.after(SWEEP_INTERVAL, () => this.#sweep());
  }

  /** A new socket on a document. The caller hands it frames, and tells it when the socket is gone, by `end`. */
  startSession(
    documentId: string,
    connection: ClientConnection,
    socketAuth: SocketAuth,
  ): { session: RoomSession; end: () => void } {
    const place = this.#quota.open();
    const session = new RoomSession(documentId, connection, this.#options, {
      open: (id) => this.open(id),
      admit: async (id, join): Promise<Admission> => {
        const requester = await socketAuth.admit(join);
        place.countFor(requester.id);
        return { requester, sessionId: this.#options.sessionIdOf(id, join.clientId) };
      },
      verify: (token) => socketAuth.verify(token),
    });
    this.#sessions.add(session);
    const end = (): void => {
      this.#sessions.delete(session);
      place.end();
      session.disconnected();
    };
    return { session, end };
  }

  get isAccepting(): boolean {
    return this.#isAccepting;
  }

  /** Whether a document is in memory, and therefore exists and is not in the trash. */
  isOpen(documentId: string): boolean {
    return this.#open.has(documentId);
  }

  /** The room of a document. Throws RefusalError `not_found`, `unavailable`. */
  async open(documentId: string): Promise<Room> {
    if (!this.#isAccepting) throw new RefusalError('unavailable', 'The server is stopping');
    const known = this.#rooms.get(documentId) ?? this.#load(documentId);
    this.#rooms.set(documentId, known);
    const room = await known;
    room.touch();
    return room;
  }

  submit(documentId: string, request: SubmitRequest): Promise<VersionName> {
    return this.#operations.submit(() => this.open(documentId), request);
  }

  replaceContent(documentId: string, request: ReplaceRequest): Promise<VersionName> {
    return this.#operations.replace(() => this.open(documentId), request);
  }

  async content(documentId: string, version?: number): Promise<Snapshot | undefined> {
    const { head } = (await this.open(documentId)).log;
    if (version === undefined || version === head.version) {
      const { version: newest, timestamp, text } = head;
      // Who has it already, or asks for its name alone, need not have it put together.
      return {
        version: newest,
        timestamp,
        get text() {
          return text.toString();
        },
      };
    }
    if (version > head.version) return undefined;
    return this.#unlessDamaged(documentId, this.#options.store.textAt(documentId, version));
  }

  async changes(documentId: string, after: number, limit: number): Promise<readonly Change[]> {
    const page = await this.#unlessDamaged(documentId, this.#options.store.changesAfter(documentId, after, limit));
    // What the caller makes of a page takes long: of many that were asked for together, one per turn.
    await this.#options.slices.next();
    return page;
  }

  present(documentId: string): PresentUsers {
    return this.#open.get(documentId)?.presence.users() ?? { users: [], count: 0 };
  }

  renameUser(user: User, { keepsColor } = { keepsColor: false }): void {
    for (const room of this.#open.values()) room.renameUser(user, keepsColor);
  }

  metaChanged(record: DocumentRecord): void {
    this.#open.get(record.id)?.configure(record);
  }

  async accessChanged(documentId: string, userId?: string): Promise<void> {
    const room = await this.#rooms.get(documentId)?.catch(() => undefined);
    const { bus, node } = this.#options;
    bus.publish(documentId, { node, version: room?.version ?? 0, access: true });
    await room?.refreshAccess(userId);
  }

  async trashed(documentId: string): Promise<void> {
    const room = this.#open.get(documentId);
    this.#forget(documentId);
    room?.close(4404);
    await room?.settled();
  }

  async close(): Promise<void> {
    this.#isAccepting = false;
    this.#cancelSweep();
    const rooms = await Promise.all([...this.#rooms.values()].map((room) => room.catch(() => undefined)));
    const { clock, limits } = this.#options;
    // Peers may have queued what takes minutes.
    await within(clock, limits.lastCommits, Promise.all(rooms.map(async (room) => room?.finish())));
    for (const room of rooms) if (room !== undefined) this.#toRest(room, 1012);
    for (const session of [...this.#sessions]) session.close(1012);
    await this.#rest.finish(limits.lastSnapshots);
  }

  /** What open documents and slow readers take in memory, in bytes. */
  memory(): { rooms: number; outboxes: number } {
    let [rooms, outboxes] = [0, 0];
    for (const room of this.#open.values()) rooms += room.bytes;
    for (const session of this.#sessions) outboxes += session.connection.queuedBytes;
    return { rooms, outboxes };
  }

  health(): ServiceHealth {
    let queued = 0;
    let sessions = 0;
    for (const room of this.#open.values()) {
      queued += room.queued;
      sessions += room.memberCount;
    }
    return { rooms: this.#open.size, sessions, queued };
  }

  async #load(documentId: string): Promise<Room> {
    try {
      const record = await this.#options.catalogue.findDocument(documentId);
      this.#evictUntilFits();
      const opening = record && RoomLog.open(documentId, this.#options.store);
      const log = opening && (await this.#unlessDamaged(documentId, opening));
      // The settings may have changed while the text was read.
      const current = log && (await this.#options.catalogue.findDocument(documentId));
      if (log === undefined || current === undefined || current.trashedAt !== undefined) {
        throw noSuchDocument();
      }
      const room = new Room(current, log, this.#options, () => {
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

  /** What a read brings; throws RefusalError `unavailable` where the document is damaged, and says so in the log. */
  async #unlessDamaged<T>(documentId: string, read: Promise<T>): Promise<T> {
    try {
      return await read;
    } catch (error) {
      if (isDamage(error)) this.#options.logger.error({ documentId, err: error }, 'A stored document is damaged');
      throw withoutDamage(error);
    }
  }

  /** Evicts empty rooms until there is space for those that are being opened. Throws RefusalError `unavailable`. */
  #evictUntilFits(bytes = 0): void {
    const opening = { rooms: this.#rooms.size - this.#open.size, bytes };
    evictUntilFits(this.#open.values(), opening, this.#options.limits, (room) => this.#toRest(room, 1001));
  }

  #toRest(room: Room, code: CloseCode): void {
    this.#forget(room.documentId);
    room.close(code);
    this.#rest.add(room.log);
  }

  #forget(documentId: string): void {
    this.#rooms.delete(documentId);
    this.#open.delete(documentId);
  }

  #sweep(): void {
    const readers = (): void => every(this.#sessions, (session) => void session.checkOutbox());
    const rooms = (): void => every(this.#open.values(), (room) => room.isIdle && this.#toRest(room, 1001));
    void this.#options.jobs.run('sweep', () => every([readers, rooms], (work) => work()));
    this.#cancelSweep = this.#options.clock.after(SWEEP_INTERVAL, () => this.#sweep());
  }
}
