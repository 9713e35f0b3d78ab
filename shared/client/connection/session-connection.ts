import { UNANSWERED_MAX } from '../../protocol/bounds.ts';
import { ProtocolError } from '../../protocol/frame.ts';
import { CLOSE_REACTIONS, type CloseCode } from '../../protocol/reactions.ts';
import type { ClientMessage } from '../../protocol/messages.ts';
import type { PresenceState } from '../../protocol/presence-messages.ts';
import type { RedeemLink } from '../../protocol/session-messages.ts';
import { VersionHoleError } from '../../sync/replica.ts';
import type { SelectionRange } from '../../text/position.ts';
import { newClientId } from '../outbox/client-id.ts';
import { ReconnectingConnection, type ConnectionDeps } from './reconnecting-connection.ts';
import type { LocalDocument } from '../document/local-document.ts';
import type { ServerReader } from './server-reader.ts';
import type { Problem, RefusalReason } from '../events/session-status.ts';
import type { SubmissionQueue } from './submission-queue.ts';

/** Who joins, and with which credential. */
export interface Introduction {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  /** Who the user is, signed by the host application. A function is asked before every join, and when the token ends soon. */
  readonly token?: string | (() => Promise<string> | string) | undefined;
  /** A share link by which to come, where there is no cookie that has redeemed it. */
  readonly link?: RedeemLink | undefined;
}

/** What the parts of a session do when the connection comes, speaks and goes. */
export interface ConnectionDeps_ {
  readonly document: LocalDocument;
  readonly line: SubmissionQueue;
  readonly reader: ServerReader;
  /** Something about the connection has changed. */
  onChange(): void;
  /** The client goes on under another secret id. */
  onClientId(clientId: string): void;
  /** Reads a frame, and tells afterwards what it brought. */
  onFrame(read: () => void): void;
}

const REASONS: Partial<Record<CloseCode, RefusalReason>> = {
  4401: 'unauthenticated',
  4403: 'access_removed',
  4404: 'not_found',
  4409: 'taken_over',
  4426: 'client_too_old',
};

/** The session's side of its connection: introduces it, hands on what comes, and decides whether to come back. */
export class SessionConnection {
  clientId: string;
  readonly #introduction: Introduction;
  readonly #parts: ConnectionDeps_;
  readonly #keeper: ReconnectingConnection;
  #presence: PresenceState = 'active';
  #refusal: RefusalReason | undefined;
  /** What is in flight was not sent by the present clientId. */
  #isUnused = false;
  /** A fresh credential was asked for since the server refused the last one. */
  #isRenewing = false;

  constructor(world: ConnectionDeps, clientId: string, introduction: Introduction, parts: ConnectionDeps_) {
    this.clientId = clientId;
    this.#introduction = introduction;
    this.#parts = parts;
    this.#keeper = new ReconnectingConnection(world, {
      onOpen: () => this.#introduce(),
      onFrame: (frame) => this.#read(frame),
      onDown: (code, problem) => this.#lost(code, problem),
      onChange: () => parts.onChange(),
      isWaiting: () => !parts.document.isSaved,
    });
  }

  /** Why the server does not want this session until `start`, or nothing that it submits. */
  get refusal(): RefusalReason | undefined {
    return this.#refusal ?? (this.#parts.reader.isJoined ? this.#parts.line.blocked : undefined);
  }

  /** When the next attempt is due, or the last one was; nothing before the first failure. Milliseconds of `Clock.monotonic`. */
  get retryAt(): number | undefined {
    return this.#keeper.retryAt;
  }

  /** Connects at once, also after a refusal. */
  start(): void {
    this.#refusal = undefined;
    this.#keeper.start();
  }

  send(message: ClientMessage): void {
    this.#keeper.send(message);
  }

  /** An edit waits for its acknowledgement from now on. */
  expectAck(): void {
    this.#keeper.expectAck();
  }

  /** Tells the others where the caret is in the confirmed text; false where there is nobody to tell. */
  sendCursor(ranges: readonly SelectionRange[] | null): boolean {
    if (!this.#parts.reader.isJoined) return false;
    const { version } = this.#parts.document.state.confirmed;
    this.send({ type: 'cursor', version, ranges: ranges && [...ranges] });
    return true;
  }

  setPresence(state: PresenceState): void {
    if (state === this.#presence) return;
    this.#presence = state;
    if (this.#parts.reader.isJoined) this.send({ type: 'presence', state });
  }

  /** The join was answered. */
  joined(): void {
    this.#isRenewing = false;
    this.#isUnused = false;
    this.#keeper.joined();
    if (this.#presence !== 'active') this.send({ type: 'presence', state: this.#presence });
  }

  /** Gives the connection up and joins again, not before `atLeast` milliseconds. */
  rejoin(atLeast?: number): void {
    this.#keeper.reconnect(atLeast);
  }

  /** Takes a fresh clientId, because this one is somebody else's, and joins again. */
  changeClient(): void {
    if (!this.#isUnused) this.#parts.document.changeClient(this.clientId);
    this.#isUnused = true;
    this.clientId = newClientId();
    this.#parts.onClientId(this.clientId);
    this.rejoin();
  }

  /** Shows the server a fresh token. Where there is none to be had, that is tried again when the server closes. */
  renewToken(): void {
    this.#ask((token) => {
      if (token !== undefined) this.send({ type: 'authenticate', token });
    });
  }

  /** Stops until `start`. */
  refuse(reason: RefusalReason): void {
    this.#refusal = reason;
    this.#keeper.stop();
    this.#ended();
    this.#parts.onChange();
  }

  /** Says goodbye; resolves when the connection is closed. */
  async leave(): Promise<void> {
    this.#parts.line.close();
    this.#parts.document.cursor.stop();
    await this.#keeper.leave();
    this.#ended();
  }

  #introduce(): void {
    const { token } = this.#introduction;
    if (typeof token !== 'function') return this.#join(token);
    this.#ask(
      (fresh) => this.#join(fresh),
      () => this.#keeper.reconnect(),
    );
  }

  /** Asks for a fresh token; what comes after this connection has ended is not used. */
  #ask(use: (token: string | undefined) => void, fail: () => void = () => undefined): void {
    const { token } = this.#introduction;
    if (typeof token !== 'function') return;
    const { attempt } = this.#keeper;
    const ifCurrent = (run: () => void): void => {
      if (attempt === this.#keeper.attempt) run();
    };
    void (async () => token())().then(
      (fresh) => ifCurrent(() => use(fresh)),
      () => ifCurrent(fail),
    );
  }

  #join(token: string | undefined): void {
    const { name, color, link } = this.#introduction;
    const { sentBefore, state } = this.#parts.document;
    const { version, timestamp } = state.confirmed;
    const known = this.#parts.reader.isReady ? { version, timestamp, compact: true } : {};
    const sent = state.inFlight && [...sentBefore, { clientId: this.clientId, seq: state.inFlight.seq }];
    const unanswered = sent && { unanswered: sent.slice(-UNANSWERED_MAX) };
    const self = { ...(name !== undefined && { name }), ...(color !== undefined && { color }) };
    const credential = { ...(token !== undefined && { token }), ...(link !== undefined && { link }) };
    this.send({ type: 'join', clientId: this.clientId, ...known, ...unanswered, ...credential, ...self });
  }

  #read(frame: string): void {
    const { attempt } = this.#keeper;
    this.#parts.onFrame(() => {
      try {
        this.#parts.reader.read(frame, () => attempt === this.#keeper.attempt);
      } catch (error) {
        const isRepairable =
          error instanceof ProtocolError || error instanceof VersionHoleError || error instanceof RangeError;
        if (!isRepairable) throw error;
        this.rejoin();
      }
    });
  }

  #lost(code: number, problem: Problem | undefined): 'retry' | 'stop' {
    const wasJoined = this.#parts.reader.isJoined;
    this.#ended();
    if (problem !== undefined) this.#parts.reader.problem = problem;
    if (code === 1008 || code === 1009) this.#parts.line.shrink();
    // A proxy may say 1000 without having been asked to; only `leave` means it.
    if (code === 1000 || !(code in CLOSE_REACTIONS) || CLOSE_REACTIONS[code as CloseCode] === 'rejoin') return 'retry';
    if (code === 4401 && wasJoined && typeof this.#introduction.token === 'function' && !this.#isRenewing) {
      this.#isRenewing = true;
      return 'retry';
    }
    this.refuse(REASONS[code as CloseCode] ?? 'bad_client');
    return 'stop';
  }

  #ended(): void {
    this.#parts.reader.isJoined = false;
    this.#parts.line.close();
    this.#parts.document.cursor.stop();
  }
}
