import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { root } from '../../scripts/build.mjs';
import { Command } from '../testing/command.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

beforeAll(() => Command.build());

const settings = (): Record<string, string> => ({
  PORT: '0',
  WEFT_DATA: temporaryFolder(),
  WEFT_LOG_LEVEL: 'info',
});

async function serve(): Promise<{ command: Command; address: string }> {
  const command = new Command([], settings());
  onTestFinished(() => void command.child.kill('SIGKILL'));
  return { command, address: await command.address() };
}

async function isWell(address: string): Promise<boolean> {
  return (await fetch(`${address}/readyz`)).ok;
}

const ended = async (child: ChildProcess): Promise<unknown[]> => [await once(child, 'close'), child.signalCode];

describe('FR13 signals to the server', () => {
  it.each(['SIGUSR1', 'SIGUSR2', 'SIGPIPE'] as const)('%s means nothing', async (signal) => {
    const { command, address } = await serve();
    command.child.kill(signal);
    expect(await isWell(address)).toBe(true);
    expect(await command.end('SIGTERM')).toBe(0);
    // Node would open a debugger.
    expect(command.errors).not.toContain('Debugger');
  });

  it('SIGINT twice ends at once, as does SIGINT after SIGTERM', async () => {
    for (const first of ['SIGINT', 'SIGTERM'] as const) {
      const { command, address } = await serve();
      // A stop that takes its time: a request whose body never comes.
      const half = fetch(`${address}/api/documents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) }),
        duplex: 'half',
      }).catch(() => undefined);
      await isWell(address);
      command.child.kill(first);
      await expect.poll(() => command.output).toContain('Stopping …');
      const closed = ended(command.child);
      command.child.kill('SIGINT');
      expect(await closed).toEqual([[null, 'SIGKILL'], 'SIGKILL']);
      await half;
    }
  });
});

describe('FR13 nobody reads what the server prints', () => {
  it.each([
    ['its output', ['stdout']],
    ['its log', ['stderr']],
    ['both', ['stdout', 'stderr']],
  ] as const)('%s: it serves, and SIGTERM and SIGHUP end it with 0', async (_name, streams) => {
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      const { command, address } = await serve();
      for (const stream of streams) command.child[stream]!.destroy();
      // Each writes a line to the log.
      for (let time = 0; time < 3; time += 1) expect(await isWell(address)).toBe(true);
      expect([await command.end(signal), command.child.signalCode]).toEqual([0, null]);
    }
  });

  it('a log on a full disk ends nothing', async () => {
    const full = openSync('/dev/full', 'w');
    const child = spawn(process.execPath, [join(root, 'dist/server/main.js')], {
      env: { ...process.env, ...settings() },
      stdio: ['ignore', 'pipe', full],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let output = '';
    child.stdout!.on('data', (text: Buffer) => (output += text.toString()));
    await expect.poll(() => output, { timeout: 20_000 }).toMatch(/http:\/\/localhost:\d+[^]*Ctrl/);
    const [address] = /http:\S+/.exec(output)!;
    for (let time = 0; time < 3; time += 1) expect(await isWell(address)).toBe(true);
    child.kill('SIGTERM');
    expect(await ended(child)).toEqual([[0, null], null]);
  });

  it('a command ends as ever where its output is closed', async () => {
    const { command } = await serve();
    const stats = new Command(['stats', '--json'], { WEFT_DATA: /kept in (.*)/.exec(command.output)![1]! });
    stats.child.stdout!.destroy();
    expect([await stats.end(), stats.errors]).toEqual([0, '']);
  });
});
