import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/**
 * A document socket made of a TCP connection and bytes. By itself it answers neither pings nor closes, like a peer whose network is
 * gone.
 */
export class TcpClient {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => (this.#received = Buffer.concat([this.#received, bytes])));
    socket.on('error', () => undefined);
  }

  /** Opens a connection and upgrades it. */
  static async open(port: number, documentId: string): Promise<TcpClient> {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await once(socket, 'connect');
    const client = new TcpClient(socket);
    const head = [
      `GET /live/${documentId} HTTP/1.1`,
      'Host: weft.example',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await client.#until(() => client.#received.includes('\r\n\r\n'));
    if (!client.#received.includes('101 Switching Protocols')) throw new Error(client.#received.toString());
    client.#received = client.#received.subarray(client.#received.indexOf('\r\n\r\n') + 4);
    return client;
  }

  get isClosed(): boolean {
    return this.#socket.destroyed || this.#socket.readableEnded;
  }

  /** Every byte that the server has sent since the upgrade, frame headers included. */
  get received(): Buffer {
    return this.#received;
  }

  /** The code of the close frame, if one came last. */
  get closeCode(): number | undefined {
    const at = this.#received.lastIndexOf(0x88);
    return at === -1 ? undefined : this.#received.readUInt16BE(at + 2);
  }

  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  /** Sends a text message in one frame. */
  say(message: object): void {
    const payload = Buffer.from(JSON.stringify(message));
    this.write(Buffer.concat([frameHead(payload.length), payload]));
  }

  /** Resolves when the server has sent the given text. */
  async hears(text: string): Promise<void> {
    await this.#until(() => this.#received.includes(text));
  }

  /** Resolves when the server has ended the connection. */
  async closed(): Promise<void> {
    if (!this.isClosed) await once(this.#socket, 'close');
  }

  /** Stops reading. */
  pause(): void {
    this.#socket.pause();
  }

  /** Destroys the connection. */
  destroy(): void {
    this.#socket.destroy();
  }

  async #until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await once(this.#socket, 'data');
  }
}

/** The header of a masked text frame. The mask is zero, so the payload follows unchanged. */
export function frameHead(length: number): Buffer {
  const mask = [0, 0, 0, 0];
  if (length < 126) return Buffer.from([0x81, 0x80 | length, ...mask]);
  return Buffer.from([0x81, 0x80 | 126, length >> 8, length & 0xff, ...mask]);
}
