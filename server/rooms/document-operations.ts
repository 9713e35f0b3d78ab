import { parseOperations } from '../../shared/protocol/decode-client-message.ts';
import type { Submission } from '../../shared/sync/authority.ts';
import type { VersionName } from '../../shared/sync/change.ts';
import { differenceSlices } from '../../shared/text/difference.ts';
import { operationsFromEdit, textProblem } from '../../shared/text/operation.ts';
import { isAllowed, MESSAGES } from '../access/permissions.ts';
import { userOf, type Requester } from '../access/requester.ts';
import type { ReplaceRequest, SubmitRequest } from './document-service.ts';
import { LentClients, type LentClient } from './lent-clients.ts';
import { noSuchDocument, RefusalError } from '../base/refusal.ts';
import type { Room } from './room/room.ts';
import { countIn } from './services/room-counters.ts';
import type { RoomServices } from './services/room-services.ts';
import { versionConflict, failsPrecondition } from './version-precondition.ts';

/** UTF-16 units of both texts from which on comparing them waits for its slice from the first one on. */
const LONG = 131_072;

/** What an author asks for. */
type Asked = Pick<Submission, 'version' | 'operations'>;

/** What the operations need besides rooms. */
export interface OperationsOptions extends Pick<RoomServices, 'limits' | 'counters' | 'node' | 'slices'> {
  /** The public session id of a client on a document; the same for the same client. */
  readonly sessionIdOf: (documentId: string, clientId: string) => string;
}

/** Changes of open documents without a socket. Each promise resolves once its change is durable, and rejects with RefusalError. */
export class DocumentOperations {
  readonly #options: OperationsOptions;
  readonly #lent = new WeakMap<Room, LentClients>();

  constructor(options: OperationsOptions) {
    this.#options = options;
  }

  /** Commits operations as one change. `open` brings the room, once the request is in order. */
  async submit(open: () => Promise<Room>, request: SubmitRequest): Promise<VersionName> {
    const { requester, clientId, seq, version } = request;
    if ((clientId === undefined) !== (seq === undefined)) {
      throw new RefusalError('bad_message', 'clientId and seq come together');
    }
    const operations = parseOperations(request.operations, this.#options.limits.operations);
    const room = await open();
    if (clientId === undefined || seq === undefined) return this.#commitOnce(room, requester, { version, operations });
    return this.#commit(room, requester, { clientId, seq, version, operations });
  }

  /** Commits the difference to a whole new text. */
  async replace(open: () => Promise<Room>, request: ReplaceRequest): Promise<VersionName> {
    const { requester, content, ifVersion } = request;
    const problem = textProblem(content);
    if (problem !== undefined) throw new RefusalError('bad_text', problem);
    const room = await open();
    const { version, timestamp, text } = room.log.head;
    if (failsPrecondition(ifVersion, room.log.head)) {
      const { code, message } = versionConflict(room.log.head);
      throw new RefusalError(code, message);
    }
    const slices = differenceSlices(text.toString(), content);
    if (text.length + content.length > LONG) await this.#options.slices.next();
    let slice = slices.next();
    for (; slice.done !== true; slice = slices.next()) await this.#options.slices.next();
    const operations = operationsFromEdit(slice.value);
    if (operations.length === 0) return { version, timestamp };
    return this.#commitOnce(room, requester, { version, operations }, ifVersion);
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
      // Of what storage has failed at the outcome is unknown.
      const isKnown = error instanceof RefusalError && error.code !== 'unavailable' && error.code !== 'internal';
      if (isKnown) giveBack();
      throw error;
    }
  }

  #lend(room: Room, requester: Requester): LentClient {
    let lent = this.#lent.get(room);
    if (lent === undefined) this.#lent.set(room, (lent = new LentClients(this.#options.node)));
    return lent.lend(requester.id);
  }

  async #commit(
    room: Room,
    requester: Requester,
    asked: Asked & Pick<Submission, 'clientId' | 'seq'>,
    ifVersion?: VersionName,
  ): Promise<VersionName> {
    const { counters, sessionIdOf } = this.#options;
    const sessionId = sessionIdOf(room.documentId, asked.clientId);
    const release = await room.access.hold(requester.id);
    const committed = new Promise<VersionName>((resolve, reject) => {
      room.submit({
        submission: { ...asked, sessionId, userId: requester.id },
        author: userOf(requester),
        origin: undefined,
        denied: (head) => {
          const role = room.roleOf(requester);
          if (role === undefined) return { code: 'not_found', message: 'There is no such document' };
          if (!isAllowed(MESSAGES.submit, role)) return { code: 'forbidden', message: 'Your role may not edit' };
          return failsPrecondition(ifVersion, head) ? versionConflict(head) : undefined;
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
