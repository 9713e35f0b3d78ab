import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../shared/protocol/frame.ts';
import { ATTACKER, type Target } from './attack.ts';

/** A document socket in the wrong hands. */
export class HostileSocket {
  readonly socket: WebSocket;
  /** Bytes of messages received. */
  received = 0;
  /** The base of what it submits. */
  version = 0;
  #seq = 0;
  /** Called back when the submission under way is answered, or never will be. */
  #answered: () => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => this.#receive(data));
    socket.on('close', () => this.#answered());
  }

  /** Opens it; it has not joined then, or was refused: `isOpen` tells. */
  static async open({ url }: Target, documentId: string): Promise<HostileSocket> {
    const address = `${url.replace(/^http/, 'ws')}/live/${documentId}`;
    const socket = new WebSocket(address, SUBPROTOCOL, { perMessageDeflate: false, headers: ATTACKER });
    const hostile = new HostileSocket(socket);
    await new Promise<void>((resolve) => void socket.once('open', resolve).once('close', () => resolve()));
    return hostile;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  join(known: object = {}): void {
    this.send({ type: 'join', clientId: randomBytes(18).toString('base64url'), ...known });
  }

  /** Submits on the base `version` of this socket, whatever came since; resolves once it is answered or the socket ends. */
  async submit(operations: readonly object[]): Promise<void> {
    if (!this.isOpen) return;
    this.#seq += 1;
    this.send({ type: 'submit', seq: this.#seq, version: this.version, operations });
    await new Promise<void>((resolve) => (this.#answered = resolve));
  }

  send(message: object): void {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
  }

  /** Resolves with the next message whose text holds this. */
  async heard(text: string): Promise<string> {
    for (;;) {
      const [data] = (await once(this.socket, 'message')) as [Buffer];
      const message = data.toString();
      if (message.includes(text)) return message;
    }
  }

  #receive(data: Buffer): void {
    this.received += data.length;
    if (data.includes('"type":"ack"') || data.includes('"type":"error"')) this.#answered();
  }
}
