import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '../../shared/protocol/frame.ts';
import { inGroups } from '../load/in-groups.ts';
import { Meter } from '../measure/meter.ts';
import { residentBytes } from '../measure/process-usage.ts';
import { RunningWeft } from '../servers/weft.ts';
import type { Cell, Metrics, Workload } from './workload.ts';

const SOCKETS = 1000;
const QUICK_SOCKETS = 50;
const AT_ONCE = 100;
/** The most that a socket may leave lying about: a message that never ends. Bytes. */
const UNFINISHED = 1024 * 1024 - 1;
/** Longer than as shipped (5 s), so that all of them are there at once, and that they are closed can be seen. Milliseconds. */
const JOIN_TIMEOUT = 45_000;
/** After so long without work the engine has given back the memory of the handshakes. Milliseconds. */
const QUIET = 20_000;
/** Milliseconds. */
const LOOK_EVERY = 100;
/** What a client sees that does not answer the server's goodbye in time, because it is busy. */
const TORN_DOWN = 1006;
/** After the start. Milliseconds. */
const SETTLED = 2000;

export const unjoined: Workload = {
  name: 'unjoined-1000',
  work: '1,000 sockets that never join, at first silent; then each begins a message of 1 MiB that it does not end',
  servers: ['weft'],
  headline: 'kibPerUnjoined',
  once: true,
  onRequest: true,
  run: runUnjoined,
};

async function runUnjoined(cell: Cell): Promise<Metrics> {
  const server = await cell.start({ settings: { WEFT_JOIN_TIMEOUT_MS: String(JOIN_TIMEOUT) } });
  if (!(server instanceof RunningWeft)) throw new Error('Only the product is measured');
  const count = cell.isQuick ? QUICK_SOCKETS : SOCKETS;
  const url = server.process.socketUrl(await server.createDocument(''));
  await setTimeout(SETTLED);
  const resident = (): number => residentBytes(server.pid) ?? NaN;
  const before = resident();
  const meter = new Meter(server.pid);
  const sockets = await inGroups(count, AT_ONCE, () => open(url));
  cell.report('open; waiting');
  await cell.settle(setTimeout(cell.isQuick ? 0 : QUIET));
  const silent = (resident() - before) / count;

  cell.report('each begins a message');
  const message = Buffer.alloc(UNFINISHED, 'x');
  for (const socket of sockets) socket.send(message, { binary: false, fin: false });
  let full = 0;
  while (CODES.size < count) {
    if (CODES.size === 0) full = Math.max(full, (resident() - before) / count);
    await cell.settle(setTimeout(LOOK_EVERY));
  }
  const { foreignShare, loadShare } = meter.read();
  const others = [...CODES.values()].filter((code) => code !== 4408 && code !== TORN_DOWN);
  if (others.length > 0) throw new Error(`${others.length} sockets were closed for other reasons, as ${others[0]}`);
  return { kibPerSilent: silent / 1024, kibPerUnjoined: full / 1024, loadShare, foreignShare };
}

/** The close codes that sockets had from the server. */
const CODES = new Map<WebSocket, number>();

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, SUBPROTOCOL, { perMessageDeflate: false });
  socket.on('error', () => undefined);
  socket.on('close', (code) => CODES.set(socket, code));
  await once(socket, 'open');
  return socket;
}
