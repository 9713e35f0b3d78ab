import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Stopwatch } from '../../shared/clock.ts';
import type { Slices } from '../base/slices.ts';
import type { SendOutcome } from '../rooms/frames/frame-arena.ts';
import { LongMessage, wireFrame, type Frame } from '../rooms/frames/wire-frame.ts';
import type { RoomCounters } from '../rooms/services/room-counters.ts';
import { ReadProgress } from './read-progress.ts';

/** Longer frames are always counted among the waiting bytes. Counting each short one would cost more than writing it. */
const COUNTED_FROM = 65_536;

const NOTHING = (): void => undefined;

/** Counts pieces that wait for a reader. Returns the function to call once they have left; undefined if they are too much now. */
export type TakeWaiting = (pieces: readonly Buffer[]) => (() => void) | undefined;

export interface OutgoingFramesDeps {
  readonly clock: Stopwatch;
  readonly counters: Pick<RoomCounters, 'sentBytes' | 'sentMessages'>;
  /** The system takes megabytes for each reader at once: many who begin to read together would hold up everybody else. */
  readonly slices: Slices;
  /** Counts what waits for this reader among what waits for all. */
  readonly takeWaiting: TakeWaiting;
  /** Ends the session, because more would wait for this reader than may. */
  readonly overload: () => void;
}

/** A frame, and the function that gives its bytes back if they are counted already. */
interface Outgoing {
  readonly frame: Buffer | LongMessage;
  readonly messages: number;
  readonly left?: (() => void) | undefined;
}

/**
 * The way out of one socket. While the reader keeps up, a frame is written at once; while it is behind, frames are held back; a long
 * message is written in pieces, one at a time, and what follows it waits. Everything that waits is counted once.
 */
export class OutgoingFrames {
  readonly #socket: WebSocket;
  readonly #stream: Socket;
  readonly #deps: OutgoingFramesDeps;
  readonly #progress: ReadProgress;
  readonly #unsent: UnsentFrames;
  #messages = 0;
  /** Frames that are held back, and their bytes. */
  #held: Outgoing[] = [];
  #heldBytes = 0;
  /** The long message that is being written, its bytes that have not left, and the function that gives them back. */
  #long: LongMessage | undefined;
  #longBytes = 0;
  #longLeft = NOTHING;

  /** `stream` is what the socket was upgraded from. */
  constructor(socket: WebSocket, stream: Socket, deps: OutgoingFramesDeps) {
    this.#socket = socket;
    this.#stream = stream;
    this.#deps = deps;
    this.#progress = new ReadProgress(deps.clock, () => this.ping());
    this.#unsent = new UnsentFrames(stream);
    stream.on('drain', () => this.#unsent.look());
  }

  /** Bytes that wait for the reader. */
  get queuedBytes(): number {
    this.#unsent.look();
    return this.#heldBytes + this.#longBytes + this.#socket.bufferedAmount;
  }

  /** Messages that were written so far. */
  get messages(): number {
    return this.#messages;
  }

  /** Writes a frame, or holds it back while the reader is behind. `kept`: the bytes of the frame are still needed after this call. */
  send(frame: Frame, messages: number): SendOutcome {
    this.#send({ frame: typeof frame === 'string' ? wireFrame(frame) : frame, messages });
    return this.queuedBytes > 0 ? 'kept' : 'written';
  }

  /** Pings the reader; its pong says how far it has read. */
  ping(): void {
    this.#socket.ping(this.#progress.mark);
  }

  /** A pong came. */
  answered(mark: Buffer): void {
    this.#progress.answered(mark.toString());
    this.#writeHeld();
  }

  /** Drops the frames that are held back. */
  dropHeld(): void {
    for (const { left } of this.#held.splice(0)) left?.();
    this.#heldBytes = 0;
  }

  /** The socket has ended, and what it had not sent went with it. */
  end(): void {
    this.dropHeld();
    this.#unsent.end();
    this.#endLong();
  }

  #send(outgoing: Outgoing): void {
    if (this.#long === undefined && !this.#progress.isBehind) return this.#write(outgoing);
    // Shared frames cost only their place in the queue, until the reader goes on or is closed for what waits.
    const left = this.#count(outgoing);
    if (left === undefined) return;
    this.#held.push({ ...outgoing, left });
    this.#heldBytes += outgoing.frame.length;
  }

  /** Counts what waits, once; undefined if it is too much, which ends the session. */
  #count({ frame, left }: Outgoing): (() => void) | undefined {
    const counted = left ?? this.#deps.takeWaiting(frame instanceof LongMessage ? frame.pieces : [frame]);
    if (counted === undefined) this.#deps.overload();
    return counted;
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
    const { counters } = this.#deps;
    counters.sentBytes += frame.length;
    counters.sentMessages += messages;
    this.#messages += messages;
    this.#progress.wrote(frame.length);
  }

  /** False if nothing was written, because too much waits. */
  #writeWhole(frame: Buffer, outgoing: Outgoing): boolean {
    this.#unsent.look();
    const mayWait = this.#stream.writableLength > 0 || frame.length > COUNTED_FROM;
    let left = mayWait ? this.#count(outgoing) : outgoing.left;
    if (mayWait && left === undefined) return false;
    // `frame` has its WebSocket header already and is shared by all readers. `ws` would build a header for each, and write two chunks.
    // Without compression `ws` queues nothing itself, so writing to the stream keeps the order.
    this.#stream.write(frame);
    if (this.#stream.writableLength === 0) left?.();
    else {
      left ??= this.#count(outgoing);
      if (left !== undefined) this.#unsent.add(frame.length, left);
    }
    return true;
  }

  /** Writes a piece once the one before it has left, so that `queuedBytes` shows how far the reader is. */
  async #writePiece(long: LongMessage, index: number): Promise<void> {
    const piece = long.pieces[index];
    if (piece === undefined) {
      this.#endLong();
      this.#writeHeld();
      return;
    }
    await this.#deps.slices.next();
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

  #writeHeld(): void {
    if (this.#held.length === 0 || this.#long !== undefined || this.#progress.isBehind) return;
    const held = this.#held;
    this.#held = [];
    this.#heldBytes = 0;
    for (const outgoing of held) this.#send(outgoing);
  }
}

/** A frame that the system has not taken whole. `left` gives its bytes back. */
interface Unsent {
  readonly bytes: number;
  readonly left: () => void;
}

/** Frames that were written to a stream and have not left it, oldest first. Those that have left are given back by `look`. */
class UnsentFrames {
  readonly #stream: { readonly writableLength: number };
  readonly #frames: Unsent[] = [];
  #bytes = 0;

  constructor(stream: { readonly writableLength: number }) {
    this.#stream = stream;
  }

  /** A frame of `bytes` was just written. `left` is called once, when it has left or the stream has ended. */
  add(bytes: number, left: () => void): void {
    this.#frames.push({ bytes, left });
    this.#bytes += bytes;
  }

  /** Gives back what has left. */
  look(): void {
    if (this.#frames.length === 0) return;
    // Other writes, such as pings, count too: then a frame is given back a little later than it left.
    const unsent = this.#stream.writableLength;
    for (let first = this.#frames[0]; first !== undefined; first = this.#frames[0]) {
      if (unsent > this.#bytes - first.bytes) return;
      this.#giveBack();
    }
  }

  /** The stream has ended. */
  end(): void {
    while (this.#frames.length > 0) this.#giveBack();
  }

  #giveBack(): void {
    const { bytes, left } = this.#frames.shift()!;
    this.#bytes -= bytes;
    left();
  }
}
