import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import WebSocket from 'ws';

/** A message as it stands on the wire. */
export type Message = Readonly<Record<string, unknown>> & { readonly type: string };

/** How a socket ended; for one that never opened, `status` is the HTTP answer to the upgrade. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
  readonly status?: number | undefined;
}

export interface RawClientOptions {
  readonly clientId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The subprotocols to offer; by default `weft.v1`. */
  readonly protocols?: readonly string[];
  /** A certificate to trust, in PEM. */
  readonly ca?: string;
  /** The local address to connect from. */
  readonly localAddress?: string;
  /** Called with the answer to a refused upgrade. */
  readonly onRefused?: (status: number | undefined, headers: IncomingHttpHeaders) => void;
}

/** How long a test waits for what must come at once, in milliseconds. */
const PATIENCE = 10_000;

/**
 * A document socket made of `ws` and JSON alone, as a stranger would write it from docs/protocol.md. It shares no code with the
 * product, so that the two can disagree.
 */
export class RawClient {
  readonly clientId: string;
  /** Every message in the order of arrival, arrays taken apart. */
  readonly received: Message[] = [];
  /** How many messages each frame held. */
  readonly frames: number[] = [];
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #pings = 0;
  #ending: Ending | undefined;
  #status: number | undefined;

  constructor(url: string, options: RawClientOptions = {}) {
    this.clientId = options.clientId ?? newClientId();
    this.#socket = new WebSocket(url, [...(options.protocols ?? ['weft.v1'])], {
      ...(options.headers === undefined ? {} : { headers: options.headers }),
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      ...(options.localAddress === undefined ? {} : { localAddress: options.localAddress }),
      perMessageDeflate: false,
    });
    this.#socket.on('message', (data) => {
      const value = JSON.parse((data as Buffer).toString('utf8')) as Message | Message[];
      const messages = Array.isArray(value) ? value : [value];
      this.frames.push(messages.length);
      this.received.push(...messages);
      this.#wake();
    });
    this.#socket.on('unexpected-response', (_request, response) => {
      this.#status = response.statusCode;
      options.onRefused?.(response.statusCode, response.headers);
      response.resume();
      this.#socket.terminate();
    });
    // A failed connection is reported by its ending; `close` always follows.
    this.#socket.on('error', () => undefined);
    this.#socket.on('open', () => this.#wake());
    this.#socket.on('ping', () => {
      this.#pings += 1;
      this.#wake();
    });
    this.#socket.on('close', (code, reason) => {
      this.#ending = { code, reason: reason.toString('utf8'), status: this.#status };
      this.#wake();
    });
  }

  /** Opens a socket and joins; resolves with the client and the join answer. */
  static async join(
    url: string,
    options: RawClientOptions & { readonly join?: Readonly<Record<string, unknown>> } = {},
  ): Promise<{ client: RawClient; answer: Message }> {
    const client = new RawClient(url, options);
    await client.opened();
    client.send({ type: 'join', clientId: client.clientId, ...options.join });
    const answer = await client.next((message) => message.type === 'document-init' || message.type === 'document-sync');
    return { client, answer };
  }

  /** The subprotocol that the server chose. */
  get protocol(): string {
    return this.#socket.protocol;
  }

  get ending(): Ending | undefined {
    return this.#ending;
  }

  /** Resolves when the upgrade succeeded. Rejects with the HTTP status if it was refused. */
  async opened(): Promise<void> {
    await this.#until(
      'the socket opens',
      () => this.#socket.readyState === WebSocket.OPEN || this.#ending !== undefined,
    );
    if (this.#ending !== undefined) throw new Error(`Refused: ${JSON.stringify(this.#ending)}`);
  }

  /** Resolves when the server has sent `times` more pings, or the socket has ended. */
  async pinged(times: number): Promise<void> {
    const enough = this.#pings + times;
    await this.#until('a ping', () => this.#pings >= enough || this.#ending !== undefined);
  }

  /** Resolves when the socket has ended, whoever ended it. */
  async closed(): Promise<Ending> {
    await this.#until('the socket closes', () => this.#ending !== undefined);
    return this.#ending!;
  }

  /** Sends one message, or several in one frame. */
  send(message: Message | readonly Message[]): void {
    this.sendText(JSON.stringify(message));
  }

  /** Sends a text frame unchanged; bytes need not be UTF-8. */
  sendText(frame: string | Uint8Array): void {
    this.#socket.send(frame, { binary: false });
  }

  /** Sends one text message in several frames. */
  sendPieces(pieces: readonly string[]): void {
    pieces.forEach((piece, index) => this.#socket.send(piece, { binary: false, fin: index === pieces.length - 1 }));
  }

  /** Sends WebSocket pings. */
  ping(times: number): void {
    for (let count = 0; count < times; count += 1) this.#socket.ping();
  }

  /** Sends a binary frame. */
  sendBinary(frame: Uint8Array): void {
    this.#socket.send(frame);
  }

  submit(seq: number, version: number, operations: readonly unknown[]): void {
    this.send({ type: 'submit', seq, version, operations });
  }

  /** Submits, and resolves with the acknowledgement or the error that refused it. */
  async submitAndHear(seq: number, version: number, operations: readonly unknown[]): Promise<Message> {
    const from = this.received.length;
    this.submit(seq, version, operations);
    return this.answerTo(seq, from);
  }

  /**
   * The first message from the `from`th on that matches (by default from the first received on). Rejects if the socket ends
   * without one, or after ten seconds.
   */
  async next(matches: (message: Message) => boolean, from = 0): Promise<Message> {
    const find = (): Message | undefined => this.received.slice(from).find(matches);
    await this.#until('a message', () => find() !== undefined || this.#ending !== undefined);
    const message = find();
    if (message === undefined) throw new Error(`Ended without it: ${JSON.stringify(this.#ending)}`);
    return message;
  }

  /** The acknowledgement of a seq, or the error that refused it. */
  async answerTo(seq: number, from = 0): Promise<Message> {
    return this.next((message) => (message.type === 'ack' || message.type === 'error') && message['seq'] === seq, from);
  }

  /** Stops reading, as a stalled peer does, until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(code?: number): void {
    this.#socket.close(code);
  }

  /** Drops the connection without a close frame. */
  cut(): void {
    this.#socket.terminate();
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }

  #until(what: string, isTrue: () => boolean): Promise<void> {
    if (isTrue()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (!isTrue()) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`Waited ${PATIENCE} ms until ${what}; last: ${JSON.stringify(this.received.slice(-3))}`));
      }, PATIENCE);
      this.#waiting.add(check);
    });
  }
}

/** 128 random bits as 22 base64url characters. */
export function newClientId(): string {
  return randomBytes(16).toString('base64url');
}
