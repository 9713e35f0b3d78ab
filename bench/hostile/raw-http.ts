import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ATTACKER, type Target } from './attack.ts';

/** A connection whose owner decides when it reads and never answers a goodbye. Errors are expected, and end it. */
export async function openSocket({ host, port }: Target): Promise<Socket> {
  const socket = connect({ host, port, allowHalfOpen: true });
  socket.on('error', () => socket.destroy());
  await once(socket, 'connect');
  socket.pause();
  return socket;
}

/** The head of a request from the attacker's address, with the empty line behind it. */
export function requestHead(
  target: Target,
  line: string,
  headers: Readonly<Record<string, string | number>> = {},
): string {
  const all = { host: `${target.host}:${target.port}`, ...ATTACKER, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${line} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Writes everything, also what the other side takes its time for; resolves early where the connection ends. */
export async function writeAll(socket: Socket, data: string | Uint8Array): Promise<void> {
  if (socket.destroyed) return;
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.write(data, () => resolve());
  });
}

/** The status of the answer that has come so far; undefined where there is none. */
export function statusOf(answer: string): number | undefined {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
  return status === undefined ? undefined : Number(status);
}
