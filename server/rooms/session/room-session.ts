import { CLOSES, type CloseCode, type ErrorCode } from '../../../shared/protocol/errors.ts';
import type { ClientMessage } from '../../../shared/protocol/messages.ts';
import type { JoinMessage } from '../../../shared/protocol/session-messages.ts';
import type { SubmitMessage } from '../../../shared/protocol/document-messages.ts';
import { parseClientMessage, parseOperations, seqOf } from '../../../shared/protocol/decode-client-message.ts';
import { parseFrame, ProtocolError } from '../../../shared/protocol/frame.ts';
import { OperationError } from '../../../shared/text/operation.ts';
import { isAllowed, MESSAGES } from '../../access/permissions.ts';
import { RefusalError } from '../../base/refusal.ts';
import type { Outcome } from '../commit/batch-plan.ts';
import { encodeAck, encodeError, encodeMessage } from '../frames/frames.ts';
import type { Frame } from '../frames/wire-frame.ts';
import { countIn } from '../services/room-counters.ts';
import type { RoomServices } from '../services/room-services.ts';
import { Backpressure } from './backpressure.ts';
import { closeAfter, JoinHandshake, type Stay } from './join-handshake.ts';
import { MessageGate } from './session-rate.ts';
import { SessionCredential } from './session-credential.ts';
import type { ClientConnection, SessionDeps } from './session-deps.ts';

const NOTHING = (): void => undefined;
const TOO_MUCH_WAITS = 'Too much was sent before the answer to join';

type State =
  | { readonly kind: 'expecting' }
  | { readonly kind: 'joining'; readonly handshake: JoinHandshake }
  | { readonly kind: 'joined'; readonly stay: Stay }
  | { readonly kind: 'closed' };

/** One socket on one document, from the upgrade to its end: decodes messages, checks them, and bounds the send buffer. */
export class RoomSession {
  readonly #documentId: string;
  readonly connection: ClientConnection;
  readonly #services: RoomServices;
  readonly #deps: SessionDeps;
  /** Made for a session that joins by a token, or shows one later. */
  #credential: SessionCredential | undefined;
  #state: State = { kind: 'expecting' };
  #cancelJoinTimer: () => void;
  readonly #backpressure: Backpressure;
  /** The limits of what comes in. */
  readonly gate: MessageGate;

  constructor(documentId: string, connection: ClientConnection, services: RoomServices, deps: SessionDeps) {
    this.#documentId = documentId;
    this.connection = connection;
    this.#services = services;
    this.#deps = deps;
    const { clock, limits } = services;
    this.#cancelJoinTimer = clock.after(limits.joinTimeout, () => this.close(4408));
    this.#backpressure = new Backpressure(limits);
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

  /** Takes a text frame, which holds one message or an array of them; returns how many. */
  receive(frame: string): number {
    if (this.#state.kind === 'closed') return 0;
    try {
      const values = parseFrame(frame, this.#services.limits.jsonDepth);
      if (this.#state.kind === 'joining' && !this.#state.handshake.charge(frame.length))
        this.close(4429, TOO_MUCH_WAITS);
      for (const value of values) this.#take(value);
      return values.length;
    } catch (error) {
      this.#refuse(error);
      return 1;
    }
  }

  /** Sends a frame, unless the reader is too slow: that ends the session. A connection that fails ends only its own session. */
  send(frame: Frame, messages = 1): void {
    const { connection } = this;
    const isBehind = this.checkSendBuffer() > 0;
    if (this.#state.kind === 'closed') return;
    try {
      this.#services.frameArena.send(connection, frame, messages, isBehind);
    } catch (error) {
      this.#logFailure(error, 'A frame could not be sent');
      return this.close(1011);
    }
    this.#backpressure.queued(frame.length);
    if (this.#state.kind === 'joining') this.#backpressure.allow(connection.queuedBytes);
  }

  /** Ends the session if too much waits for its reader, or for too long; returns how many bytes wait. */
  checkSendBuffer(): number {
    const { queuedBytes } = this.connection;
    if (this.#backpressure.isTooSlow(queuedBytes, this.#services.clock)) this.close(4430);
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
    if (state.kind === 'joined') state.stay.room.leave(state.stay.session);
  }

  #take(value: unknown): void {
    const state = this.#state;
    try {
      if (state.kind === 'closed') return;
      if (state.kind === 'joining') {
        if (!state.handshake.wait(value)) this.close(4429, TOO_MUCH_WAITS);
        return;
      }
      const message = parseClientMessage(value);
      if (!this.gate.mayPass(message)) return;
      if (state.kind === 'joined') this.#handle(message, state.stay);
      else this.#expectJoin(message);
    } catch (error) {
      this.#refuse(error, seqOf(value));
    }
  }

  #expectJoin(message: ClientMessage): void {
    if (message.type === 'leave') {
      this.close(1000);
    } else if (message.type === 'ping') {
      this.#pong(message.nonce);
    } else if (message.type !== 'join') {
      throw new ProtocolError('bad_message', 'The first message is join');
    } else {
      void this.#join(message);
    }
  }

  async #join(join: JoinMessage): Promise<void> {
    const handshake = new JoinHandshake(this.#services.limits);
    this.#state = { kind: 'joining', handshake };
    try {
      const stay = await handshake.join(join, this, this.#deps, () => this.#state.kind === 'joining');
      if (this.#state.kind !== 'joining') return stay.room.leave(stay.session);
      this.#cancelJoinTimer();
      this.#cancelJoinTimer = NOTHING;
      this.#state = { kind: 'joined', stay };
      if (stay.session.requester.token !== undefined) this.#watchCredential(stay);
      for (const value of handshake.waiting) this.#take(value);
    } catch (error) {
      if (this.#state.kind !== 'joining') return;
      this.#state = { kind: 'expecting' };
      this.#refuse(error);
      // A submission always has an answer; what followed the join shares its fate.
      if (error instanceof RefusalError) for (const seq of handshake.waitingSeqs) this.#refuse(error, seq);
      const code = closeAfter(error);
      if (code !== undefined) this.close(code);
    }
  }

  #handle(message: ClientMessage, stay: Stay): void {
    const { room, session } = stay;
    if (!isAllowed(MESSAGES[message.type], session.role)) {
      throw new RefusalError('forbidden', 'Your role does not allow this');
    }
    switch (message.type) {
      case 'submit':
        return this.#submit(message, stay);
      case 'ping':
        return this.#pong(message.nonce);
      case 'leave':
        return this.close(1000);
      case 'join':
        throw new ProtocolError('bad_message', 'This socket has joined already');
      case 'authenticate':
        return (this.#credential ?? this.#watchCredential(stay)).renew(message.token);
      default:
        return room.parts.handle(message, session);
    }
  }

  #watchCredential(stay: Stay): SessionCredential {
    const deps = {
      verify: (token: string) => this.#deps.verify(token),
      send: (frame: string) => this.send(frame),
      refuse: (error: unknown) => this.#refuse(error),
      close: (code: CloseCode) => this.close(code),
    };
    return (this.#credential = new SessionCredential(this.#services, deps, stay));
  }

  #submit({ seq, version, operations }: SubmitMessage, { room, session }: Stay): void {
    const parsed = parseOperations(operations, this.#services.limits.operations);
    this.gate.noteOperations(parsed.length);
    const { clientId, sessionId, user } = session;
    room.submit({
      submission: { clientId, sessionId, userId: user.id, seq, version, operations: parsed },
      author: user,
      origin: session,
      denied: () => room.access.whyNotEdit(session.requester),
      settle: (outcome) => this.#answer(outcome, seq),
    });
  }

  #answer(outcome: Outcome, seq: number): void {
    // A fresh commit was acknowledged with its batch, on the one ordered stream.
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
      if (!this.gate.noteBadMessage()) this.close(4400);
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
