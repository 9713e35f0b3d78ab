import { CLOSES, type CloseCode, type ErrorCode } from '../../../shared/protocol/errors.ts';
import type { ClientMessage, JoinMessage, SubmitMessage } from '../../../shared/protocol/messages.ts';
import { parseClientMessage, parseOperations, seqOf } from '../../../shared/protocol/codec.ts';
import { parseFrame, ProtocolError } from '../../../shared/protocol/frame.ts';
import { OperationError } from '../../../shared/text/operation.ts';
import { isAllowed, MESSAGES } from '../../access/permissions.ts';
import type { Requester } from '../../access/requester.ts';
import { BadMessageCount } from './bad-message-count.ts';
import type { Outcome } from '../commit/batch-plan.ts';
import { whyNotEdit } from './edit-right.ts';
import { encodeAck, encodeError, encodeMessage } from '../frames/frames.ts';
import { MessageGate } from './message-gate.ts';
import type { ClientConnection } from './client-connection.ts';
import { Backpressure } from './backpressure.ts';
import { RefusalError } from '../../base/refusal.ts';
import { countIn } from '../services/room-counters.ts';
import type { Room } from '../room/room.ts';
import type { RoomServices } from '../services/room-services.ts';
import { SessionCredential } from './session-credential.ts';
import { SessionMember } from './session-member.ts';
import type { Frame } from '../frames/wire-frame.ts';

const NOTHING = (): void => undefined;
const TOO_MUCH_WAITS = 'Too much was sent before the answer to join';

/** Who joins, as far as the upgrade and the `join` tell, and the public name of their stay. */
export interface Admission {
  readonly requester: Requester;
  readonly sessionId: string;
}

/** What a session asks of the world behind it. */
export interface SessionHost {
  /** Opens a document's room. Throws RefusalError `not_found`. */
  open(documentId: string): Promise<Room>;
  /** Tells who joins. Throws RefusalError `unauthenticated`. */
  admit(documentId: string, join: JoinMessage): Promise<Admission> | Admission;
  /** Whom a token names. Throws RefusalError. */
  verify(token: string): Promise<Requester>;
}

type State =
  | { readonly kind: 'expecting' }
  | { readonly kind: 'joining'; readonly waiting: unknown[]; bytes: number }
  | { readonly kind: 'joined'; readonly room: Room; readonly member: SessionMember }
  | { readonly kind: 'closed' };

/** One socket on one document, from the upgrade to its end: decodes, guards, and bounds what waits to go out. */
export class RoomSession {
  readonly #documentId: string;
  readonly connection: ClientConnection;
  readonly #services: RoomServices;
  readonly #host: SessionHost;
  readonly #badMessages = new BadMessageCount();
  /** Made for those who come by a token, or show one later. */
  #credential: SessionCredential | undefined;
  #state: State = { kind: 'expecting' };
  #cancelJoinTimer: () => void;
  readonly #outbox: Backpressure;
  /** Counts what comes in. */
  readonly gate: MessageGate;

  constructor(documentId: string, connection: ClientConnection, services: RoomServices, host: SessionHost) {
    this.#documentId = documentId;
    this.connection = connection;
    this.#services = services;
    this.#host = host;
    const { clock, limits } = services;
    this.#cancelJoinTimer = clock.after(limits.joinTimeout, () => this.close(4408));
    this.#outbox = new Backpressure(limits);
    this.gate = new MessageGate(limits, clock, {
      take: (message) => this.#take(message),
      refuse: (message, retryAfter) =>
        this.#sendError('rate_limited', 'These are too many messages', seqOf(message), retryAfter),
      end: () => this.close(4429),
    });
  }

  get connectionId(): string {
    return this.connection.connectionId;
  }

  /** Takes a text frame, which holds one message or an array of them; tells how many. */
  receive(frame: string): number {
    if (this.#state.kind === 'closed') return 0;
    try {
      const values = parseFrame(frame, this.#services.limits.jsonDepth);
      if (this.#state.kind === 'joining') this.#charge(this.#state, frame.length);
      for (const value of values) this.#take(value);
      return values.length;
    } catch (error) {
      this.#refuse(error);
      return 1;
    }
  }

  /** Hands a frame to the outlet, unless its reader is too slow: that ends the session. An outlet that fails ends only itself. */
  send(frame: Frame, messages = 1): void {
    const { connection } = this;
    const isBehind = this.checkOutbox() > 0;
    if (this.#state.kind === 'closed') return;
    try {
      connection.send(isBehind ? this.#services.frameArena.detach(frame) : frame, messages);
      if (!isBehind && connection.queuedBytes > 0) this.#services.frameArena.pin();
    } catch (error) {
      this.#logFailure(error, 'A frame could not be sent');
      return this.close(1011);
    }
    this.#outbox.queued(frame.length);
    if (this.#state.kind === 'joining') this.#outbox.allow(connection.queuedBytes);
  }

  /** Ends the session where too much waits for its reader, or for too long; tells how many bytes wait. */
  checkOutbox(): number {
    const { queuedBytes } = this.connection;
    if (this.#outbox.isTooSlow(queuedBytes, this.#services.clock)) this.close(4430);
    return queuedBytes;
  }

  /** Ends the session with a close code. */
  close(code: CloseCode, reason: string = CLOSES[code].meaning): void {
    if (this.#state.kind === 'closed') return;
    this.disconnected();
    this.connection.close(code, reason);
  }

  /** The socket is gone. */
  disconnected(): void {
    const state = this.#state;
    this.#state = { kind: 'closed' };
    this.#cancelJoinTimer();
    this.gate.stop();
    this.#credential?.stop();
    if (state.kind === 'joined') state.room.leave(state.member);
  }

  #take(value: unknown): void {
    const state = this.#state;
    try {
      if (state.kind === 'joining') return this.#wait(state, value);
      if (state.kind === 'closed') return;
      const message = parseClientMessage(value);
      if (!this.gate.mayPass(message)) return;
      if (state.kind === 'joined') this.#handle(message, state);
      else this.#expectJoin(message);
    } catch (error) {
      this.#refuse(error, seqOf(value));
    }
  }

  /** Counts a whole frame that waits for the answer to `join`. The one that held the join is bounded by itself. */
  #charge(state: State & { kind: 'joining' }, bytes: number): void {
    state.bytes += bytes;
    if (state.bytes > this.#services.limits.preJoinBytes) this.close(4429, TOO_MUCH_WAITS);
  }

  #wait(state: State & { kind: 'joining' }, value: unknown): void {
    if (state.waiting.length >= this.#services.limits.preJoinMessages) this.close(4429, TOO_MUCH_WAITS);
    else state.waiting.push(value);
  }

  #expectJoin(message: ClientMessage): void {
    if (message.type === 'leave') {
      this.close(1000);
    } else if (message.type === 'ping') {
      this.#pong(message.nonce);
    } else if (message.type !== 'join') {
      throw new ProtocolError('bad_message', 'The first message is join');
    } else {
      this.#state = { kind: 'joining', waiting: [], bytes: 0 };
      void this.#join(message);
    }
  }

  async #join(join: JoinMessage): Promise<void> {
    try {
      const { requester, sessionId } = await this.#host.admit(this.#documentId, join);
      const room = await this.#host.open(this.#documentId);
      const member = new SessionMember(this, join.clientId, sessionId, requester);
      await room.join(member, join, () => this.#state.kind === 'joining');
      if (this.#state.kind !== 'joining') {
        room.leave(member);
        return;
      }
      this.#cancelJoinTimer();
      this.#cancelJoinTimer = NOTHING;
      const { waiting } = this.#state;
      this.#state = { kind: 'joined', room, member };
      if (requester.token !== undefined) this.#watchCredential(room, member);
      for (const value of waiting) this.#take(value);
    } catch (error) {
      if (this.#state.kind !== 'joining') return;
      const { waiting } = this.#state;
      this.#state = { kind: 'expecting' };
      this.#refuse(error);
      // A submission always has an answer; what followed the join shares its fate.
      const submissions = waiting.map(seqOf).filter((seq) => seq !== undefined);
      if (error instanceof RefusalError) for (const seq of submissions) this.#refuse(error, seq);
      const code = error instanceof RefusalError ? error.code : 'internal';
      if (code === 'not_found') this.close(4404);
      else if (code === 'unauthenticated') this.close(4401);
      else if (code === 'rate_limited') this.close(4429);
      else if (code === 'internal') this.close(1011);
    }
  }

  #handle(message: ClientMessage, { room, member }: State & { kind: 'joined' }): void {
    if (!isAllowed(MESSAGES[message.type], member.role)) {
      throw new RefusalError('forbidden', 'Your role does not allow this');
    }
    switch (message.type) {
      case 'submit':
        return this.#submit(message, room, member);
      case 'ping':
        return this.#pong(message.nonce);
      case 'leave':
        return this.close(1000);
      case 'join':
        throw new ProtocolError('bad_message', 'This socket has joined already');
      case 'authenticate':
        return (this.#credential ?? this.#watchCredential(room, member)).renew(message.token);
      default:
        return room.parts.handle(message, member);
    }
  }

  #watchCredential(room: Room, member: SessionMember): SessionCredential {
    this.#credential = new SessionCredential(this.#services, {
      verify: (token) => this.#host.verify(token),
      send: (frame) => this.send(frame),
      refuse: (error) => this.#refuse(error),
      close: (code) => this.close(code),
    });
    this.#credential.start(room, member);
    return this.#credential;
  }

  #submit({ seq, version, operations }: SubmitMessage, room: Room, member: SessionMember): void {
    const parsed = parseOperations(operations, this.#services.limits.operations);
    this.gate.noteOperations(parsed.length);
    const { clientId, sessionId, user } = member;
    room.submit({
      submission: { clientId, sessionId, userId: user.id, seq, version, operations: parsed },
      author: user,
      origin: member,
      denied: () => whyNotEdit(room, member.requester, this.#services.clock.now()),
      settle: (outcome) => this.#answer(outcome, seq),
    });
  }

  #answer(outcome: Outcome, seq: number): void {
    // A fresh commit was acknowledged with the batch it belongs to, on the one ordered stream.
    if (outcome.kind === 'refused') return this.#sendError(outcome.code, outcome.message, seq, outcome.retryAfter);
    this.#services.counters.acknowledgements += 1;
    if (outcome.isResend) this.send(encodeAck(outcome.change, true));
  }

  #pong(nonce: string | number | undefined): void {
    const timestamp = this.#services.clock.now();
    this.send(encodeMessage(nonce === undefined ? { type: 'pong', timestamp } : { type: 'pong', nonce, timestamp }));
  }

  #refuse(error: unknown, seq?: number): void {
    if (error instanceof ProtocolError) {
      this.#sendError(error.code, error.message, seq);
      if (this.#badMessages.isTooMany(this.#services.clock.monotonic())) this.close(4400);
    } else if (error instanceof OperationError) {
      this.#sendError(error.code, error.message, seq);
    } else if (error instanceof RefusalError) {
      this.#sendError(error.code, error.message, seq, error.retryAfter);
    } else {
      this.#logFailure(error, 'A message could not be handled');
      this.#sendError('internal', 'The server failed', seq);
    }
  }

  #sendError(code: ErrorCode, message: string, seq?: number, retryAfter?: number): void {
    countIn(this.#services.counters.refusals, code);
    this.send(encodeError(code, message, seq, retryAfter));
  }

  #logFailure(error: unknown, what: string): void {
    const { connectionId } = this;
    this.#services.logger.error({ documentId: this.#documentId, connectionId, err: error }, what);
  }
}
