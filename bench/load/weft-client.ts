import { randomBytes } from 'node:crypto';
import { SUBPROTOCOL } from '../../shared/protocol/frame.ts';
import type { Operation } from '../../shared/text/operation.ts';
import type { Arrivals, ConnectOptions, KnownVersion } from '../server-under-test.ts';
import { LoadSocket } from './load-socket.ts';

const UPDATE = Buffer.from('{"type":"document-update"');
const ACK = Buffer.from('{"type":"ack"');
const CARET = Buffer.from('{"type":"cursor-update"');
const ERROR = Buffer.from('{"type":"error"');
const VERSION = Buffer.from('"version":');
/** Digits that a version or a time has at most. */
const DIGITS = 16;
const TIMESTAMP = Buffer.from('"timestamp":');

interface ServerMessage {
  readonly type: string;
  readonly version: number;
  readonly timestamp: number;
  readonly seq: number;
}

/**
 * Speaks `weft.v1` (docs/protocol.md) without keeping a text. From a frame it takes the newest version and whether the own change
 * is in it, by searching bytes; frames without either are parsed.
 */
export class WeftClient extends LoadSocket {
  readonly #clientId: string;
  readonly #returning: KnownVersion | undefined;
  readonly #waiting: (readonly Operation[])[] = [];
  #version = 0;
  #timestamp = 0;
  #seq = 0;
  #isInFlight = false;
  #hasJoined = false;
  /** Only where carets move, because looking costs as much as all the rest. */
  #looksForCarets = false;
  caretFrames = 0;

  constructor(url: string, arrivals: Arrivals, { returning }: ConnectOptions = {}) {
    super(url, arrivals, SUBPROTOCOL);
    this.#returning = returning;
    this.#clientId = returning?.clientKey ?? randomBytes(18).toString('base64url');
  }

  get whereabouts(): KnownVersion {
    return { clientKey: this.#clientId, version: this.#version, timestamp: this.#timestamp };
  }

  submit(operations: readonly Operation[]): void {
    if (this.#isInFlight) this.#waiting.push(operations);
    else this.#submit(operations);
  }

  moveCaret(position: number): void {
    this.#looksForCarets = true;
    const ranges = `[{"anchor":${position},"head":${position}}]`;
    this.send(`{"type":"cursor","version":${this.#version},"ranges":${ranges}}`);
  }

  protected join(): void {
    const { version, timestamp } = this.#returning ?? {};
    const known = this.#returning && { version, timestamp, compact: true };
    this.send(JSON.stringify({ type: 'join', clientId: this.#clientId, ...known }));
  }

  protected receive(frame: Buffer): void {
    if (this.#looksForCarets && frame.includes(CARET)) this.caretFrames += 1;
    const ack = frame.indexOf(ACK);
    const update = frame.lastIndexOf(UPDATE);
    if (ack < 0 && update < 0) return this.#receiveOther(frame);
    const newest = Math.max(ack, update);
    this.#version = numberAfter(frame, VERSION, newest);
    this.#timestamp = numberAfter(frame, TIMESTAMP, newest);
    if (ack >= 0) {
      this.#isInFlight = false;
      this.arrivals.acknowledged(ack === newest ? this.#version : numberAfter(frame, VERSION, ack));
      const next = this.#isInFlight ? undefined : this.#waiting.shift();
      if (next !== undefined) this.#submit(next);
    }
    this.arrivals.upTo(this.#version);
  }

  #receiveOther(frame: Buffer): void {
    // Presence goes by unread; it is much, and nothing waits for it.
    if (this.#hasJoined && !frame.includes(ERROR)) return;
    const value = JSON.parse(frame.toString()) as ServerMessage | ServerMessage[];
    for (const message of Array.isArray(value) ? value : [value]) {
      if (message.type === 'error') return this.arrivals.failed(frame.toString());
      if (message.type !== 'document-init' && message.type !== 'document-sync') continue;
      this.#version = message.version;
      this.#timestamp = message.timestamp;
      this.#seq = message.seq;
      this.#hasJoined = true;
      this.hasJoined();
      this.arrivals.upTo(message.version);
    }
  }

  #submit(operations: readonly Operation[]): void {
    this.#isInFlight = true;
    this.#seq += 1;
    const list = JSON.stringify(operations);
    this.send(`{"type":"submit","seq":${this.#seq},"version":${this.#version},"operations":${list}}`);
  }
}

/** The whole number that follows a key, from an offset on. */
function numberAfter(frame: Buffer, key: Buffer, offset: number): number {
  const start = frame.indexOf(key, offset) + key.length;
  return Number.parseInt(frame.toString('latin1', start, start + DIGITS), 10);
}
