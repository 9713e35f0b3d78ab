import { parseOperations } from '../../shared/protocol/decode-client-message.ts';
import type { ErrorCode } from '../../shared/protocol/errors.ts';
import type { User } from '../../shared/protocol/fields.ts';
import type { Submission } from '../../shared/sync/authority.ts';
import type { Change, VersionName } from '../../shared/sync/change.ts';
import { differenceSlices } from '../../shared/text/difference.ts';
import { operationsFromEdit, textProblem } from '../../shared/text/operation.ts';
import { userOf, type Requester } from '../access/identity.ts';
import { whyNotEdit } from '../access/roles.ts';
import { noSuchDocument, RefusalError } from '../base/refusal.ts';
import type { DocumentRecord } from '../stores/document-catalogue.ts';
import type { Snapshot } from '../stores/document-store.ts';
import { LentClients, type LentClient } from './lent-clients.ts';
import type { RoomRegistry } from './room-registry.ts';
import type { Room } from './room/room.ts';
import { countIn } from './services/room-counters.ts';

/** UTF-16 units of both texts together from which on even the first step of comparing them waits for its slice. */
const LONG = 131_072;

/** Operations that arrive without a socket. Without clientId and seq the submission is not recognised when it is sent again. */
export interface SubmitRequest {
  readonly requester: Requester;
  readonly clientId?: string | undefined;
  readonly seq?: number | undefined;
  /** The base version. */
  readonly version: number;
  /** As they came in; their shape is checked together with their range. */
  readonly operations: readonly unknown[];
}

/** A whole new text of a document. */
export interface ReplaceRequest {
  readonly requester: Requester;
  readonly content: string;
  /** Refuses with `version_conflict` unless this is the newest version. */
  readonly ifVersion?: VersionName | undefined;
}

/** Who has a document open now. */
export interface PresentUsers {
  /** Each user once, however many sessions they have; the most active first, at most 64. */
  readonly users: readonly User[];
  /** How many users there are. */
  readonly count: number;
}

/** What an author asks for. */
type Asked = Pick<Submission, 'version' | 'operations'>;

/**
 * What the HTTP routes do with documents. The caller has checked access; refusals are RefusalError. A promise of a change resolves
 * once that change is durable.
 */
export class DocumentOperations {
  readonly #rooms: RoomRegistry;
  readonly #lent = new WeakMap<Room, LentClients>();

  constructor(rooms: RoomRegistry) {
    this.#rooms = rooms;
  }

  /** Commits operations as one change. */
  async submit(documentId: string, request: SubmitRequest): Promise<VersionName> {
    const { requester, clientId, seq, version } = request;
    if ((clientId === undefined) !== (seq === undefined)) {
      throw new RefusalError('bad_message', 'clientId and seq come together');
    }
    const operations = parseOperations(request.operations, this.#rooms.services.limits.operations);
    const room = await this.#rooms.open(documentId);
    if (clientId === undefined || seq === undefined) return this.#commitOnce(room, requester, { version, operations });
    return this.#commit(room, requester, { clientId, seq, version, operations });
  }

  /** Commits the minimal difference to a whole new text as one change. An equal text changes nothing and answers the newest version. */
  async replaceContent(documentId: string, request: ReplaceRequest): Promise<VersionName> {
    const { requester, content, ifVersion } = request;
    const { slices } = this.#rooms;
    const problem = textProblem(content);
    if (problem !== undefined) throw new RefusalError('bad_text', problem);
    const room = await this.#rooms.open(documentId);
    const { version, timestamp, text } = room.log.head;
    const conflict = versionConflict(ifVersion, room.log.head);
    if (conflict !== undefined) throw new RefusalError(conflict.code, conflict.message);
    const steps = differenceSlices(text.toString(), content);
    if (text.length + content.length > LONG) await slices.next();
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) await slices.next();
    const operations = operationsFromEdit(step.value);
    if (operations.length === 0) return { version, timestamp };
    return this.#commitOnce(room, requester, { version, operations }, ifVersion);
  }

  /** The text at a version, or the newest; undefined if the document never had that version. */
  async content(documentId: string, version?: number): Promise<Snapshot | undefined> {
    const { head } = (await this.#rooms.open(documentId)).log;
    if (version === undefined || version === head.version) {
      const { version: newest, timestamp, text } = head;
      // Joined only when it is read: some callers need the version alone.
      return {
        version: newest,
        timestamp,
        get text() {
          return text.toString();
        },
      };
    }
    if (version > head.version) return undefined;
    return this.#rooms.reading(documentId, this.#rooms.services.store.textAt(documentId, version));
  }

  /** Committed changes with versions greater than `after`, oldest first, at most `limit`, fewer if they are large. */
  async changes(documentId: string, after: number, limit: number): Promise<readonly Change[]> {
    const { store, slices } = this.#rooms.services;
    const page = await this.#rooms.reading(documentId, store.changesAfter(documentId, after, limit));
    // Encoding a page takes long: of pages that were asked for together, one per turn.
    await slices.next();
    return page;
  }

  /** Who has the document open now; nobody if no room is open. */
  present(documentId: string): PresentUsers {
    return this.#rooms.find(documentId)?.presence.users() ?? { users: [], count: 0 };
  }

  /** What a document is called now; one that is not open by what was stored of it last. */
  titleOf(record: DocumentRecord): string {
    const room = record.isNamed ? undefined : this.#rooms.find(record.id);
    return room?.title ?? record.title;
  }

  /** Live sessions of that user show the new name and colour; with `keepsColor` each keeps the colour it shows. */
  renameUser(user: User, { keepsColor } = { keepsColor: false }): void {
    for (const room of this.#rooms.all()) room.renameUser(user, keepsColor);
  }

  /** Tells live sessions the title, and what the new link access makes of their roles. */
  metaChanged(record: DocumentRecord): void {
    this.#rooms.find(record.id)?.configure(record);
  }

  /**
   * What everybody, or one user, may do has changed: live sessions take their new role, or are closed with 4403. Resolves once
   * nothing that the old roles allowed can be committed any more.
   */
  async accessChanged(documentId: string, userId?: string): Promise<void> {
    const { bus, node } = this.#rooms.services;
    const room = await this.#rooms.findOpening(documentId);
    bus.publish(documentId, { node, version: room?.version ?? 0, access: true });
    await room?.refreshAccess(userId);
  }

  /** Closes the live sessions of a document in the trash with 4404. Resolves once nothing can be committed to it any more. */
  async trashed(documentId: string): Promise<void> {
    await this.#rooms.closeRoom(documentId, 4404)?.settled();
  }

  /** Commits what nobody can send again, as the next change of a client that is lent for it. */
  async #commitOnce(room: Room, requester: Requester, asked: Asked, ifVersion?: VersionName): Promise<VersionName> {
    const { clientId, giveBack } = this.#lend(room, requester);
    try {
      const seq = ((await room.log.knowClient(clientId))?.seq ?? 0) + 1;
      const name = await this.#commit(room, requester, { clientId, seq, ...asked }, ifVersion);
      giveBack();
      return name;
    } catch (error) {
      // If storage has failed, nobody knows whether the change was committed.
      const isKnown = error instanceof RefusalError && error.code !== 'unavailable' && error.code !== 'internal';
      if (isKnown) giveBack();
      throw error;
    }
  }

  #lend(room: Room, requester: Requester): LentClient {
    let lent = this.#lent.get(room);
    if (lent === undefined) this.#lent.set(room, (lent = new LentClients(this.#rooms.services.node)));
    return lent.lend(requester.id);
  }

  async #commit(
    room: Room,
    requester: Requester,
    asked: Asked & Pick<Submission, 'clientId' | 'seq'>,
    ifVersion?: VersionName,
  ): Promise<VersionName> {
    const { clock, counters, sessionIdOf } = this.#rooms.services;
    const sessionId = sessionIdOf(room.documentId, asked.clientId);
    const release = await room.access.hold(requester.id);
    const committed = new Promise<VersionName>((resolve, reject) => {
      room.submit({
        submission: { ...asked, sessionId, userId: requester.id },
        author: userOf(requester),
        origin: undefined,
        denied: (head) => {
          const role = room.access.roleOf(requester)?.role;
          if (role === undefined) return { code: 'not_found', message: 'There is no such document' };
          return whyNotEdit(role, undefined, clock.now()) ?? versionConflict(ifVersion, head);
        },
        settle: (outcome) => {
          if (outcome.kind === 'refused') {
            const { code, message, retryAfter } = outcome;
            const refusal = room.isGone ? noSuchDocument() : new RefusalError(code, message, retryAfter);
            countIn(counters.refusals, refusal.code);
            reject(refusal);
          } else {
            counters.acknowledgements += 1;
            resolve({ version: outcome.change.version, timestamp: outcome.change.timestamp });
          }
        },
      });
    });
    return committed.finally(release);
  }
}

/** The refusal of a change that requires the version `expected`; undefined if that is the newest, or none is required. */
function versionConflict(
  expected: VersionName | undefined,
  head: VersionName,
): { code: ErrorCode; message: string } | undefined {
  if (expected === undefined) return undefined;
  if (expected.version === head.version && expected.timestamp === head.timestamp) return undefined;
  return { code: 'version_conflict', message: `The document is at version ${head.version}` };
}
