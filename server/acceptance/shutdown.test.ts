import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { Command } from '../testing/command.ts';
import { RawClient } from '../../testing/raw-client.ts';

let folder: string;
let command: Command;
beforeAll(() => {
  Command.build();
  folder = temporaryFolder();
}, 120_000);
afterEach(() => command.child.kill('SIGKILL'));

async function start(name: string, settings: Record<string, string> = {}): Promise<string> {
  command = new Command([], { PORT: '0', WEFT_DATA: join(folder, name), ...settings });
  return command.address();
}

async function makeDocument(address: string): Promise<string> {
  const response = await fetch(`${address}/api/documents`, { method: 'POST' });
  return ((await response.json()) as { id: string }).id;
}

/** A request that never becomes whole. */
async function halfRequest(address: string) {
  const { port } = new URL(address);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined).write('POST /api/documents HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{');
  await once(socket, 'connect');
  // Another request is answered after the server has read the first half of this one.
  await fetch(`${address}/healthz`);
  return socket;
}

describe('SIGTERM', () => {
  it('C1 finishes what is queued, closes live sockets with 1012 and ends with 0; nothing acknowledged is lost (FR1)', async () => {
    const address = await start('queued');
    const id = await makeDocument(address);
    const url = `${address.replace('http', 'ws')}/live/${id}`;
    const writers = await Promise.all(Array.from({ length: 8 }, () => RawClient.join(url)));
    for (const { client } of writers) client.submit(1, 0, [{ type: 'insert', position: 0, text: 'a line\n' }]);
    await writers[0]!.client.answerTo(1);
    const ended = command.end('SIGTERM');
    const endings = await Promise.all(writers.map(({ client }) => client.closed()));
    expect(endings.map(({ code }) => code)).toEqual(writers.map(() => 1012));
    expect(await ended).toBe(0);
    expect(command.output).toContain('Stopping …');

    const acknowledged = writers.filter(({ client }) => client.received.some(({ type }) => type === 'ack')).length;
    const text = await (await fetch(`${await start('queued')}/api/documents/${id}/content`)).text();
    expect(text.split('\n').length - 1).toBeGreaterThanOrEqual(acknowledged);
  });

  it.each(['SIGINT', 'SIGHUP'] as const)('has the same from a terminal: %s', async (signal) => {
    const address = await start('terminal');
    const { client } = await RawClient.join(`${address.replace('http', 'ws')}/live/${await makeDocument(address)}`);
    const ended = command.end(signal);
    expect((await client.closed()).code).toBe(1012);
    expect(await ended).toBe(0);
  });

  it('does not wait for half a request', async () => {
    const address = await start('half', { WEFT_SHUTDOWN_TIMEOUT_MS: '1000' });
    const socket = await halfRequest(address);
    expect(await command.end('SIGTERM')).toBe(0);
    socket.destroy();
  });

  it('leaves at the deadline where the store hangs, without acknowledging what waits (FR2)', async () => {
    const address = await start('hanging', { WEFT_SHUTDOWN_TIMEOUT_MS: '500' });
    const id = await makeDocument(address);
    const { client } = await RawClient.join(`${address.replace('http', 'ws')}/live/${id}`);
    const lock = new Database(join(folder, 'hanging', 'weft.sqlite'));
    lock.exec('BEGIN IMMEDIATE');
    client.submit(1, 0, [{ type: 'insert', position: 0, text: 'not yet' }]);
    client.send({ type: 'ping' });
    await client.next(({ type }) => type === 'pong');
    await command.end('SIGTERM');
    expect([command.child.signalCode, command.errors]).toEqual(['SIGKILL', expect.stringContaining('took too long')]);
    await client.closed();
    lock.close();
    expect(client.received.filter(({ type }) => type === 'ack')).toEqual([]);

    const text = await (await fetch(`${await start('hanging')}/api/documents/${id}/content`)).text();
    expect(['', 'not yet']).toContain(text);
  });

  it('twice ends at once (FR1)', async () => {
    const address = await start('twice', { WEFT_SHUTDOWN_TIMEOUT_MS: '600000' });
    const socket = await halfRequest(address);
    const ended = command.end('SIGTERM');
    await expect.poll(() => command.output).toContain('Stopping …');
    command.child.kill('SIGTERM');
    await ended;
    expect(command.child.signalCode).toBe('SIGKILL');
    socket.destroy();
  });
});
