import type { Socket } from 'node:net';
import { nanoid } from 'nanoid';
import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import type { Stopwatch } from '../../shared/clock.ts';
import { CLOSES, type CloseCode } from '../../shared/protocol/errors.ts';
import type { ClientConnection } from '../rooms/session/session-deps.ts';
import type { SendOutcome } from '../rooms/frames/frame-arena.ts';
import { countIn, type RoomCounters } from '../rooms/services/room-counters.ts';
import type { RoomSession } from '../rooms/session/room-session.ts';
import type { Slices } from '../base/slices.ts';
import { LongMessage, wireFrame, type Frame } from '../rooms/frames/wire-frame.ts';
import { closeReason } from './close-reason.ts';
import type { HalfMessage } from './half-message.ts';
import type { Heartbeat } from './heartbeat.ts';
import { ReadProgress } from './read-progress.ts';
import { UnsentFrames, type TakeWaiting } from './unsent-frames.ts';

/** Milliseconds that a peer has to answer a close before its socket is torn down. */
export const CLOSE_TIMEOUT = 2000;
/** Milliseconds for which nothing is read at once; a peer that is not read cannot show that it lives. */
const LONGEST_PAUSE = 10_000;
/** Bytes; counting each small message, in or out, would cost more than most of them. */
const COUNTED_AT_ONCE = 65_536;
/** Characters of a connection id. */
const CONNECTION_ID_LENGTH = 12;

export interface LiveSocketDeps {
  readonly clock: Stopwatch;
  readonly counters: RoomCounters;
  readonly heartbeat: Heartbeat;
  readonly logger: FastifyBaseLogger;
  /** The system takes megabytes for each reader at once: many who begin to read together would hold up everybody else. */
  readonly slices: Slices;
  /** Counts bytes that came in by a connection; milliseconds until there may be more. */
  readonly waitFor: (connectionId: string, bytes: number) => number;
  /** Counts what has come of a message. */
  readonly half: HalfMessage;
  /** Counts what waits for this reader among what waits for all. */
  readonly takeWaiting: TakeWaiting;
}

/** A frame as it goes out, and what gives its bytes back where they are counted already. */
interface Outgoing {
  readonly frame: Buffer | LongMessage;
  readonly messages: number;
  readonly left?: (() => void) | undefined;
}

const NOTHING = (): void => undefined;

/** What a connection's lines in the log say of it, beside its own name. */
interface Origin {
  readonly reqId: string;
  readonly documentId: string;
  readonly address: string;
}

/** One document socket from its upgrade to its end: it is counted, watched over, and leaves a line in the log at both ends. */
export class LiveSocket implements ClientConnection {
  readonly connectionId = nanoid(CONNECTION_ID_LENGTH);
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  readonly #world: LiveSocketDeps;
  readonly #origin: Origin;
  readonly #openedAt: number;
  #received = 0;
  /** Bytes that came in since they were counted last. */
  #uncounted = 0;
  /** Monotonic milliseconds. */
  #pausedUntil = 0;
  #cancelPause = NOTHING;
  #sent = 0;
  readonly #reading: ReadProgress;
  /** Frames that wait while the reader is behind, and their bytes. */
  #held: Outgoing[] = [];
  #heldBytes = 0;
  readonly #unsent: UnsentFrames;
  /** A long message that goes out, the bytes of it that have not been handed over, and what gives them back. */
  #long: LongMessage | undefined;
  #longBytes = 0;
  #longLeft = NOTHING;
  /** Ends the session of a reader for whom more would wait than may. */
  #overload = NOTHING;
  /** Why we closed it; what the peer says may never come. */
  #closedWith: CloseCode | undefined;

  /** `stream` is what the socket was upgraded from. */
  constructor(socket: WebSocket, stream: Socket, world: LiveSocketDeps, origin: Origin) {
    this.#socket = socket;
    this.#stream = stream;
    this.#world = world;
    this.#origin = origin;
    this.#openedAt = world.clock.monotonic();
    this.#reading = new ReadProgress(world.clock, () => this.#ping());
    this.#unsent = new UnsentFrames(stream);
    stream.on('drain', () => this.#unsent.look());
  }

  get queuedBytes(): number {
    this.#unsent.look();
    return this.#heldBytes + this.#longBytes + this.#socket.bufferedAmount;
  }

  /** Lets a session have what comes in; `end` tells it that the socket is gone. */
  serve(session: RoomSession, end: () => void): void {
    const socket = this.#socket;
    const { counters, heartbeat, half } = this.#world;
    this.#overload = () => session.close(1013, 'Too much waits for slow readers at this moment');
    const pulse = heartbeat.watch({
      ping: () => this.#ping(),
      lost: () => session.close(4408, 'Nothing was heard from this client'),
    });
    // Before the library has it: a chunk that ends a message belongs to that.
    this.#stream.prependListener('data', (chunk: Buffer) => {
      if (half.came(chunk.length)) return;
      session.close(1013, 'Too much is sent to this server at this moment');
      socket.pause();
    });
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      half.end();
      pulse.heard();
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
        pulse.heard();
        session.gate.noteControlFrame();
        if (kind === 'pong') this.#answered(data);
      });
    }
    // The library closes the socket itself, with 1002, 1007, 1008 or 1009; `close` follows.
    // The listener that @fastify/websocket leaves would keep the request and its answer in memory as long as the socket.
    socket.removeAllListeners('error');
    socket.on('error', (error) => this.#log('A socket failed', { err: error }));
    socket.on('close', (code) => {
      pulse.end();
      end();
      this.#ended(this.#closedWith ?? code);
    });
    counters.connections += 1;
    this.#log('A connection opened', {});
  }

  /** Reads on later where this much is too much for now; what comes meanwhile waits at its sender. */
  #readSlowly(bytes: number): void {
    this.#uncounted += bytes;
    if (this.#uncounted < COUNTED_AT_ONCE) return;
    const wait = this.#world.waitFor(this.connectionId, this.#uncounted);
    // What was too much is counted with what comes next.
    if (wait > 0) this.#pauseFor(wait);
    else this.#uncounted = 0;
  }

  /** Reads nothing for so many milliseconds from now, or until the end of a pause that is longer. */
  #pauseFor(wait: number): void {
    if (wait === 0) return;
    const { clock } = this.#world;
    const pause = Math.min(wait, LONGEST_PAUSE);
    const until = clock.monotonic() + pause;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#socket.pause();
    this.#cancelPause();
    this.#cancelPause = clock.after(pause, () => this.#socket.resume());
  }

  send(frame: Frame, messages: number): SendOutcome {
    this.#send({ frame: typeof frame === 'string' ? wireFrame(frame) : frame, messages });
    return this.queuedBytes > 0 ? 'kept' : 'written';
  }

  #send(outgoing: Outgoing): void {
    if (this.#long === undefined && !this.#reading.isBehind) return this.#write(outgoing);
    // It costs nothing but its place in the row until it reads again, or is closed for what waits.
    const left = this.#count(outgoing);
    if (left === undefined) return;
    this.#held.push({ ...outgoing, left });
    this.#heldBytes += outgoing.frame.length;
  }

  /** Counts what waits, once; undefined where that is too much, which ends the session. */
  #count({ frame, left }: Outgoing): (() => void) | undefined {
    const counted = left ?? this.#world.takeWaiting(frame instanceof LongMessage ? frame.pieces : [frame]);
    if (counted === undefined) this.#overload();
    return counted;
  }

  close(code: CloseCode, reason: string): void {
    this.#closedWith ??= code;
    this.#dropHeld();
    this.#socket.close(code, closeReason(reason || CLOSES[code].meaning));
    const cancel = this.#world.clock.after(CLOSE_TIMEOUT, () => this.#socket.terminate());
    this.#socket.once('close', cancel);
  }

  #write(outgoing: Outgoing): void {
    const { frame, messages, left } = outgoing;
    if (this.#socket.readyState !== this.#socket.OPEN) return left?.();
    if (frame instanceof LongMessage) {
      const longLeft = this.#count(outgoing);
      if (longLeft === undefined) return;
      this.#long = frame;
      this.#longBytes = frame.length;
      this.#longLeft = longLeft;
      void this.#writePiece(frame, 0);
    } else if (!this.#writeWhole(frame, outgoing)) return;
    this.#world.counters.sentBytes += frame.length;
    this.#world.counters.sentMessages += messages;
    this.#sent += messages;
    this.#reading.wrote(frame.length);
  }

  /** False where nothing was written, because too much waits. */
  #writeWhole(frame: Buffer, outgoing: Outgoing): boolean {
    this.#unsent.look();
    // Mostly the system takes a frame at once; counting each would cost more than that.
    const mayWait = this.#stream.writableLength > 0 || frame.length > COUNTED_AT_ONCE;
    let left = mayWait ? this.#count(outgoing) : outgoing.left;
    if (mayWait && left === undefined) return false;
    // The library would put a header in front of the same bytes for every reader, and write two pieces. It keeps nothing back
    // without compression, so the order is that of the calls.
    this.#stream.write(frame);
    if (this.#stream.writableLength === 0) left?.();
    else {
      left ??= this.#count(outgoing);
      if (left !== undefined) this.#unsent.add(frame.length, left);
    }
    return true;
  }

  /** Writes one piece after the other, each when the one before it has left, so that what waits here shows how far the reader is. */
  async #writePiece(long: LongMessage, index: number): Promise<void> {
    const piece = long.pieces[index];
    if (piece === undefined) {
      this.#endLong();
      this.#writeHeld();
      return;
    }
    await this.#world.slices.next();
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#stream.write(long.headerOf(index));
    this.#stream.write(piece, (error) => {
      if (error) return;
      this.#longBytes -= piece.length;
      void this.#writePiece(long, index + 1);
    });
  }

  #endLong(): void {
    this.#long = undefined;
    this.#longLeft();
    this.#longLeft = NOTHING;
  }

  #ping(): void {
    this.#socket.ping(this.#reading.mark);
  }

  #answered(mark: Buffer): void {
    this.#reading.answered(mark.toString());
    this.#writeHeld();
  }

  #writeHeld(): void {
    if (this.#held.length === 0 || this.#long !== undefined || this.#reading.isBehind) return;
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    for (const outgoing of held) this.#send(outgoing);
  }

  #dropHeld(): void {
    for (const { left } of this.#held.splice(0)) left?.();
    this.#heldBytes = 0;
  }

  #ended(code: number): void {
    // The socket takes with it what it had not sent.
    this.#dropHeld();
    this.#unsent.end();
    this.#world.half.end();
    this.#endLong();
    this.#cancelPause();
    const { clock, counters } = this.#world;
    countIn(counters.closes, code);
    const milliseconds = Math.round(clock.monotonic() - this.#openedAt);
    this.#log('A connection ended', { code, milliseconds, received: this.#received, sent: this.#sent });
  }

  #log(message: string, fields: object): void {
    this.#world.logger.info({ ...this.#origin, connectionId: this.connectionId, ...fields }, message);
  }
}
