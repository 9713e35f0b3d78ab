import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { WriterNetwork } from '../../sdk/testing.ts';

/** How a connection begins that becomes a live socket. */
const LIVE = 'GET /live/';

/** One live socket of a page and its other half towards the server. */
interface Line {
  readonly page: Socket;
  readonly server: Socket;
  readonly held: (() => void)[];
}

/**
 * The network of one person in an engine whose driver cannot intercept: a port that stands for the server's. Requests always
 * pass; live sockets pass, are held, or are cut, as in `Network`, but as bytes.
 */
export class Wire implements WriterNetwork {
  readonly #target: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #lines = new Set<Line>();
  #state: 'open' | 'held' | 'deaf' | 'cut' = 'open';

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((page) => void this.#accept(page));
  }

  /** Listens before a server, which may come and go. */
  static async start(serverUrl: string): Promise<Wire> {
    const wire = new Wire(new URL(serverUrl));
    wire.#server.listen(0, '127.0.0.1');
    await once(wire.#server, 'listening');
    return wire;
  }

  /** What stands for the server's address. Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks all live sockets and lets none open. What was held is lost. */
  async cut(): Promise<void> {
    this.#state = 'cut';
    for (const { page, server } of this.#lines) [page, server].forEach((socket) => socket.destroy());
  }

  async heal(): Promise<void> {
    this.#state = 'open';
  }

  hold(): void {
    if (this.#state === 'open') this.#state = 'held';
  }

  holdAnswers(): void {
    if (this.#state === 'open') this.#state = 'deaf';
  }

  release(): void {
    if (this.#state !== 'cut') this.#state = 'open';
    for (const { held } of this.#lines) for (const deliver of held.splice(0)) deliver();
  }

  async goOffline(): Promise<void> {
    throw new Error('WebDriver cannot tell the browser that there is no network');
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async #accept(page: Socket): Promise<void> {
    this.#keep(page);
    const [first] = (await once(page, 'data').catch(() => [])) as [Buffer?];
    if (first === undefined) return;
    const isLive = first.toString('latin1', 0, LIVE.length) === LIVE;
    if (isLive && this.#state === 'cut') return void page.destroy();
    const server = this.#keep(connect(Number(this.#target.port), this.#target.hostname));
    server.write(first);
    page.on('close', () => server.destroy());
    if (!isLive) {
      server.on('close', () => page.destroy());
      page.pipe(server).pipe(page);
      return;
    }
    const line: Line = { page, server, held: [] };
    this.#lines.add(line);
    page.on('close', () => this.#lines.delete(line));
    page.on('data', (bytes: Buffer) => this.#pass(line, this.#state === 'held', () => server.write(bytes)));
    const isHeldBack = (): boolean => this.#state === 'held' || this.#state === 'deaf';
    server.on('data', (bytes: Buffer) => this.#pass(line, isHeldBack(), () => page.write(bytes)));
    server.on('close', () => this.#pass(line, isHeldBack(), () => page.destroy()));
  }

  #pass(line: Line, isKept: boolean, deliver: () => void): void {
    if (isKept) line.held.push(deliver);
    else deliver();
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    // A broken end also closes, which is looked at.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}
