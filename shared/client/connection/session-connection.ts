import type { Limits } from '../../protocol/document-messages.ts';
import type { ClientMessage } from '../../protocol/messages.ts';
import type { PresenceState } from '../../protocol/presence-messages.ts';
import type { SelectionRange } from '../../text/position.ts';
import type { SessionEmitter } from '../events/session-events.ts';
import { refusalOfClose, type Problem, type RefusalReason } from '../events/session-status.ts';
import type { OutboxWriter } from '../outbox/outbox-writer.ts';
import type { PageLifecycle, Random, Transport } from '../transport/transport.ts';
import { Backoff } from './backoff.ts';
import { Heartbeat } from './heartbeat.ts';
import { Introduction, type IntroductionOptions } from './introduction.ts';
import { connectionOf, endLink, queueOf, type Link, type Socket } from './link.ts';
import { ServerReader } from './server-reader.ts';
import { isBlocked, SubmissionQueue, type QueueDeps } from './submission-queue.ts';

/** Milliseconds for opening the socket. */
const OPEN_WITHIN = 10_000;
/** The same for the join answer, which may be a text of megabytes on a slow network. */
const JOIN_WITHIN = 60_000;
/** The same for the answer to a goodbye. */
const GOODBYE_WITHIN = 1_000;

export interface ConnectionDeps extends QueueDeps {
  readonly emitter: SessionEmitter;
  readonly transport: Transport;
  readonly random: Random;
  readonly pageLifecycle: PageLifecycle;
  /** Records a submission before it is sent, and under which clientId the session goes on. */
  readonly unsent: Pick<OutboxWriter, 'beforeSend' | 'rename'>;
}

export interface ConnectionEvents {
  /** `isJoined`, `refusal` or `retryAt` may have changed, or whether there is a network. */
  onChange(): void;
  /** A frame was read. What it brought is told to the session's handlers after this. */
  onFrame(): void;
}

/**
 * The session's connection: opens a socket, joins, notices when it is dead, and opens the next one after a wait, unless the server
 * does not want this session. Socket, reader, queue and heartbeat belong to one attempt and end with it: what an abandoned socket
 * still says is not heard.
 */
export class SessionConnection {
  readonly #deps: ConnectionDeps;
  readonly #events: ConnectionEvents;
  readonly #introduction: Introduction;
  readonly #backoff: Backoff;
  #link: Link = { kind: 'stopped' };
  #retryAt: number | undefined;
  #refusal: RefusalReason | undefined;
  #stopListening: (() => void) | undefined;
  #presence: PresenceState = 'active';

  constructor(deps: ConnectionDeps, options: IntroductionOptions, events: ConnectionEvents) {
    this.#deps = deps;
    this.#events = events;
    this.#introduction = new Introduction({ ...deps, options });
    this.#backoff = new Backoff(deps.random);
  }

  get isJoined(): boolean {
    return this.#link.kind === 'joined';
  }

  /** Why the server does not want this session until `start`, or nothing that it submits. */
  get refusal(): RefusalReason | undefined {
    return this.#refusal ?? (this.isJoined ? this.#deps.state.blocked : undefined);
  }

  /** When the next attempt is due, or the last one was; undefined before the first failure. Milliseconds of `Clock.monotonic`. */
  get retryAt(): number | undefined {
    return this.#retryAt;
  }

  /** Connects at once, also after a refusal, and submits again what was refused. */
  start(): void {
    this.#refusal = undefined;
    this.#connect();
    this.#unblock();
  }

  /** Something was typed. `isFirst` if everything before it was saved. */
  submit(isFirst: boolean): void {
    if (this.#link.kind !== 'joined') return;
    if (isFirst) this.#link.heartbeat.expectAck();
    this.#link.queue.flush();
  }

  /** Gives up what was refused and everything else that is unsent; false if nothing was, or some may still be committed. */
  discard(): boolean {
    if (!isBlocked(this.#deps) || !this.#deps.document.discard()) return false;
    this.#unblock();
    return true;
  }

  /** Tells the others where the caret is in the confirmed text; false if there is nobody to tell. */
  sendCursor(ranges: readonly SelectionRange[] | null): boolean {
    if (!this.isJoined) return false;
    const { version } = this.#deps.document.state.confirmed;
    this.#send({ type: 'cursor', version, ranges: ranges && [...ranges] });
    return true;
  }

  setPresence(state: PresenceState): void {
    if (state === this.#presence) return;
    this.#presence = state;
    if (this.isJoined) this.#send({ type: 'presence', state });
  }

  /** Says goodbye, and resolves when the server has closed, or did not in time. */
  async leave(): Promise<void> {
    if (this.#link.kind === 'joined') {
      const { connection, reader, queue } = this.#link;
      this.#end();
      await new Promise<void>((finish) => {
        const cancel = this.#deps.clock.after(GOODBYE_WITHIN, finish);
        this.#link = { kind: 'leaving', connection, reader, queue, cancel, finish };
        this.#send({ type: 'leave' });
      });
    }
    this.#stop();
  }

  #connect(): void {
    this.#stopListening ??= this.#listen();
    if (this.#link.kind === 'waiting') {
      this.#link.cancel();
      this.#retryAt = this.#deps.clock.monotonic();
      this.#open();
    } else if (this.#link.kind === 'stopped') {
      this.#backoff.reset();
      this.#open();
    }
  }

  #listen(): () => void {
    const { pageLifecycle } = this.#deps;
    const endings = [
      pageLifecycle.onWake(() => (this.#link.kind === 'waiting' ? this.#connect() : this.#probe())),
      pageLifecycle.onOffline?.(() => this.#probe()),
    ];
    return () => endings.forEach((end) => end?.());
  }

  /** Something happened to the network: is the connection still good? */
  #probe(): void {
    if (this.#link.kind === 'joined') this.#link.heartbeat.probe();
    this.#events.onChange();
  }

  #open(): void {
    const { transport, clock } = this.#deps;
    // The reader is another one at each attempt. A transport may call back before `connect` returns: that is not heard either.
    const isCurrent = (): boolean => 'reader' in this.#link && this.#link.reader === reader;
    const reader: ServerReader = new ServerReader(
      { ...this.#deps, isCurrent, queue: () => queueOf(this.#link) },
      {
        onJoined: (limits) => this.#joined(socket, limits),
        rejoin: (atLeast) => this.#rejoin(atLeast),
        changeClient: () => {
          this.#introduction.changeClient();
          this.#rejoin();
        },
        renewToken: () => this.#introduction.renewToken((message) => isCurrent() && this.#send(message)),
        refuse: (reason) => {
          const isRenewed = reason === 'unauthenticated' && this.#introduction.mayRenew();
          if (isRenewed) this.#rejoin();
          else this.#refuse(reason);
        },
      },
    );
    const connection = transport.connect({
      onOpen: () => void (isCurrent() && this.#opened(socket, isCurrent)),
      onFrame: (frame) => void (isCurrent() && this.#read(reader, frame)),
      onClose: (code, _reason, problem) => void (isCurrent() && this.#down(code, 0, problem)),
    });
    const socket: Socket = { connection, reader };
    this.#link = { kind: 'opening', ...socket, cancel: clock.after(OPEN_WITHIN, () => this.#rejoin()) };
    this.#events.onChange();
  }

  #opened(socket: Socket, isCurrent: () => boolean): void {
    this.#end();
    this.#link = { kind: 'joining', ...socket, cancel: this.#deps.clock.after(JOIN_WITHIN, () => this.#rejoin()) };
    this.#introduction.join(
      (message) => isCurrent() && this.#send(message),
      () => isCurrent() && this.#rejoin(),
    );
  }

  #joined(socket: Socket, limits: Limits): void {
    if (this.#link.kind === 'leaving') return;
    this.#end();
    this.#introduction.accepted();
    const { clock, document } = this.#deps;
    const { connection } = socket;
    const heartbeat = new Heartbeat(clock, connection, {
      isWaiting: () => !document.isSaved,
      onLost: () => this.#rejoin(),
    });
    const queue = new SubmissionQueue(this.#deps, limits, (message) => connection.send(JSON.stringify(message)));
    this.#link = { kind: 'joined', ...socket, heartbeat, queue, since: clock.monotonic() };
    if (this.#presence !== 'active') this.#send({ type: 'presence', state: this.#presence });
    queue.start();
  }

  #read(reader: ServerReader, frame: string): void {
    if (this.#link.kind === 'joined') this.#link.heartbeat.heard();
    this.#deps.emitter.batch(() => {
      reader.read(frame);
      this.#events.onFrame();
    });
  }

  /** Gives the connection up and joins again, not before `atLeast` milliseconds. */
  #rejoin(atLeast = 0): void {
    const connection = connectionOf(this.#link);
    if (connection === undefined) return;
    this.#down(1006, atLeast);
    connection.close();
  }

  /** The connection is gone, or never came about. */
  #down(code: number, atLeast: number, problem?: Problem): void {
    const link = this.#end();
    if (link.kind === 'leaving') return link.finish();
    const { clock, document, state } = this.#deps;
    const now = clock.monotonic();
    this.#backoff.closed(code, link.kind === 'joined' ? now - link.since : 0);
    const delay = Math.max(atLeast, this.#backoff.next());
    this.#retryAt = now + delay;
    if (problem !== undefined) state.problem = problem;
    if ((code === 1008 || code === 1009) && document.state.inFlight !== undefined) state.shrink();
    const refusal = refusalOfClose(code);
    const isRenewed = refusal === 'unauthenticated' && this.#introduction.mayRenew();
    if (refusal !== undefined && !isRenewed) return this.#refuse(problem?.code ?? refusal);
    this.#link = { kind: 'waiting', cancel: clock.after(delay, () => this.#open()) };
    this.#events.onChange();
  }

  /** Stops until `start`. */
  #refuse(reason: RefusalReason): void {
    this.#refusal = reason;
    this.#stop();
    this.#events.onChange();
  }

  #unblock(): void {
    this.#deps.state.blocked = undefined;
    if (this.#link.kind === 'joined') this.#link.queue.flush();
  }

  #send(message: ClientMessage): void {
    connectionOf(this.#link)?.send(JSON.stringify(message));
  }

  /** Ends everything at once, without a goodbye. */
  #stop(): void {
    const connection = connectionOf(this.#link);
    this.#end();
    this.#stopListening?.();
    this.#stopListening = undefined;
    connection?.close();
  }

  /** Ends the present link, and returns it. */
  #end(): Link {
    const link = this.#link;
    this.#link = { kind: 'stopped' };
    endLink(link);
    this.#deps.document.cursor.stop();
    return link;
  }
}
