import type { Socket } from 'node:net';
import { nanoid } from 'nanoid';
import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import type { Stopwatch } from '../../shared/clock.ts';
import { CLOSES, type CloseCode } from '../../shared/protocol/errors.ts';
import type { Slices } from '../base/slices.ts';
import type { SendOutcome } from '../rooms/frames/frame-arena.ts';
import type { Frame } from '../rooms/frames/wire-frame.ts';
import { countIn, type RoomCounters } from '../rooms/services/room-counters.ts';
import type { ClientConnection } from '../rooms/session/session-deps.ts';
import type { RoomSession } from '../rooms/session/room-session.ts';
import type { HalfMessage } from '../limits/incoming-bytes.ts';
import type { Heartbeat } from './heartbeat.ts';
import { OutgoingFrames, type TakeWaiting } from './outgoing-frames.ts';

/** Milliseconds that a peer has to answer a close before its socket is destroyed. */
export const CLOSE_TIMEOUT = 2000;
/** Longest pause of reading, in milliseconds; a peer that is not read cannot show that it lives. */
const LONGEST_PAUSE = 10_000;
/** Bytes; counting each short message would cost more than reading it. */
const COUNTED_AT_ONCE = 65_536;
/** Characters of a connection id. */
const CONNECTION_ID_LENGTH = 12;
/** Bytes that a close frame has for its reason (RFC 6455, section 5.5, less two for the code). */
const REASON_BYTES = 123;

const encoder = new TextEncoder();

export interface LiveSocketDeps {
  readonly clock: Stopwatch;
  readonly counters: RoomCounters;
  readonly heartbeat: Heartbeat;
  readonly logger: FastifyBaseLogger;
  readonly slices: Slices;
  /** Counts bytes that a connection received. Returns the milliseconds to wait before it may be read on. */
  readonly waitFor: (connectionId: string, bytes: number) => number;
  /** Counts the bytes of a message that is not whole yet. */
  readonly half: HalfMessage;
  /** Counts what waits for this reader among what waits for all. */
  readonly takeWaiting: TakeWaiting;
}

/** Fields of every log line of a connection, beside its id. */
interface LogFields {
  readonly reqId: string;
  readonly documentId: string;
  readonly address: string;
}

const NOTHING = (): void => undefined;

/** One document socket from its upgrade to its end: it is counted, kept alive by the heartbeat, and logged when it opens and ends. */
export class LiveSocket implements ClientConnection {
  readonly connectionId = nanoid(CONNECTION_ID_LENGTH);
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  readonly #deps: LiveSocketDeps;
  readonly #fields: LogFields;
  readonly #openedAt: number;
  readonly #outgoing: OutgoingFrames;
  #received = 0;
  /** Bytes received since `waitFor` was last called. */
  #uncounted = 0;
  /** Monotonic milliseconds. */
  #pausedUntil = 0;
  #cancelPause = NOTHING;
  #overload = NOTHING;
  /** Our own close code; the peer may never answer it. */
  #closedWith: CloseCode | undefined;

  /** `stream` is what the socket was upgraded from. */
  constructor(socket: WebSocket, stream: Socket, deps: LiveSocketDeps, fields: LogFields) {
    this.#socket = socket;
    this.#stream = stream;
    this.#deps = deps;
    this.#fields = fields;
    this.#openedAt = deps.clock.monotonic();
    const { clock, counters, slices, takeWaiting } = deps;
    const overload = (): void => this.#overload();
    this.#outgoing = new OutgoingFrames(socket, stream, { clock, counters, slices, takeWaiting, overload });
  }

  get queuedBytes(): number {
    return this.#outgoing.queuedBytes;
  }

  /** Passes what comes in to a session. `end` is called when the socket is gone. */
  serve(session: RoomSession, end: () => void): void {
    const socket = this.#socket;
    const { counters, heartbeat, half } = this.#deps;
    this.#overload = () => session.close(1013, 'Too much waits for slow readers at this moment');
    const watched = heartbeat.watch({
      ping: () => this.#outgoing.ping(),
      lost: () => session.close(4408, 'Nothing was heard from this client'),
    });
    // Before the library sees it: the chunk that completes a message counts as part of that message.
    this.#stream.prependListener('data', (chunk: Buffer) => {
      if (half.came(chunk.length)) return;
      session.close(1013, 'Too much is sent to this server at this moment');
      socket.pause();
    });
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      half.end();
      watched.heard();
      counters.receivedBytes += data.length;
      if (isBinary) return session.close(1003);
      this.#readSlowly(data.length);
      const messages = session.receive(data.toString());
      this.#pauseFor(session.gate.pause);
      counters.receivedMessages += messages;
      this.#received += messages;
    });
    for (const kind of ['ping', 'pong'] as const) {
      socket.on(kind, (data: Buffer) => {
        watched.heard();
        session.gate.noteControlFrame();
        if (kind === 'pong') this.#outgoing.answered(data);
      });
    }
    // On an error the library closes the socket itself, with 1002, 1007, 1008 or 1009; `close` follows.
    // The listener of @fastify/websocket would keep the request and its answer in memory as long as the socket.
    socket.removeAllListeners('error');
    socket.on('error', (error) => this.#log('A socket failed', { err: error }));
    socket.on('close', (code) => {
      watched.end();
      end();
      this.#ended(this.#closedWith ?? code);
    });
    counters.connections += 1;
    this.#log('A connection opened', {});
  }

  send(frame: Frame, messages: number): SendOutcome {
    return this.#outgoing.send(frame, messages);
  }

  close(code: CloseCode, reason: string): void {
    this.#closedWith ??= code;
    this.#outgoing.dropHeld();
    this.#socket.close(code, closeReason(reason || CLOSES[code].meaning));
    const cancel = this.#deps.clock.after(CLOSE_TIMEOUT, () => this.#socket.terminate());
    this.#socket.once('close', cancel);
  }

  /** Pauses reading if these bytes are too many for now. What comes meanwhile waits at its sender (back-pressure). */
  #readSlowly(bytes: number): void {
    this.#uncounted += bytes;
    if (this.#uncounted < COUNTED_AT_ONCE) return;
    const wait = this.#deps.waitFor(this.connectionId, this.#uncounted);
    // What was too much is counted with what comes next.
    if (wait > 0) this.#pauseFor(wait);
    else this.#uncounted = 0;
  }

  /** Reads nothing for `wait` milliseconds, or until the end of a longer pause. */
  #pauseFor(wait: number): void {
    if (wait === 0) return;
    const { clock } = this.#deps;
    const pause = Math.min(wait, LONGEST_PAUSE);
    const until = clock.monotonic() + pause;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#socket.pause();
    this.#cancelPause();
    this.#cancelPause = clock.after(pause, () => this.#socket.resume());
  }

  #ended(code: number): void {
    const { clock, counters, half } = this.#deps;
    this.#outgoing.end();
    half.end();
    this.#cancelPause();
    countIn(counters.closes, code);
    const milliseconds = Math.round(clock.monotonic() - this.#openedAt);
    this.#log('A connection ended', { code, milliseconds, received: this.#received, sent: this.#outgoing.messages });
  }

  #log(message: string, fields: object): void {
    this.#deps.logger.info({ ...this.#fields, connectionId: this.connectionId, ...fields }, message);
  }
}

/** As much of a reason as fits into a close frame, cut between two characters. `ws` throws on a longer one and closes nothing. */
export function closeReason(reason: string): string {
  const { read } = encoder.encodeInto(reason, new Uint8Array(REASON_BYTES));
  return reason.slice(0, read);
}
