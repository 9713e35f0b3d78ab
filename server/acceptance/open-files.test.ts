import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { build, root } from '../../scripts/build.mjs';
import { ownEnvironment } from '../../kit/own-environment.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { eventually } from '../../testing/eventually.ts';
import { samplesOf } from '../../testing/prometheus.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';

// Pages too: some are asked for.
beforeAll(() => expect(build({ report: () => undefined })).toEqual([]));

/** The command as it is shipped, where it may open so many files. */
function withFiles(limit: number, ...words: string[]): { status: number | null; output: string; errors: string } {
  const main = join(root, 'dist/server/main.js');
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['-c', `ulimit -n ${limit}; exec "$@"`, 'bash', process.execPath, main, ...words],
    { env: { ...ownEnvironment(), PORT: '0', WEFT_DATA: temporaryFolder() }, encoding: 'utf8' },
  );
  return { status, output: stdout, errors: stderr };
}

const LINE = /^Weft may open only (\d+) files at once, [^\n]*needs 128 or more\. [^\n]*ulimit -n 4096[^\n]*\n$/;

describe('FR6 too few files', () => {
  // 20: not even all of its parts can be read. 64: they cannot be read together. 120: it could start, and serve hardly anybody.
  it.each([20, 64, 120])('%i are refused at the start in one line that says what to do', (limit) => {
    const { status, output, errors } = withFiles(limit);
    expect([status, output]).toEqual([1, '']);
    expect(LINE.exec(errors)?.[1]).toBe(String(limit));
  });

  it('says the same for every command', () => {
    const { status, errors } = withFiles(64, 'stats');
    expect([status, errors]).toEqual([1, expect.stringMatching(LINE)]);
  });
});

/** A connection that stays; `ask` resolves with the answer to a request on it, the head and at least a part of the body. */
async function connection(server: ServerProcess): Promise<{ socket: Socket; ask: (path: string) => Promise<string> }> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  const ask = async (path: string): Promise<string> => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    let answer = '';
    for (;;) {
      const [head, body = ''] = answer.split('\r\n\r\n', 2);
      const length = Number(/content-length: (\d+)/i.exec(head!)?.[1] ?? Infinity);
      if (body.length >= length) return answer;
      answer += String((await once(socket, 'data'))[0]);
    }
  };
  return { socket, ask };
}

const metric = (text: string, name: string): number | undefined => samplesOf(text.split('\r\n\r\n')[1]!).get(name);
const lines = ({ output }: ServerProcess): string[] => output.split('\n').filter((line) => line.startsWith('{'));

describe('FR6 a server with hardly any files', () => {
  it('closes what comes beyond them, keeps some for itself, and says it once', async () => {
    const server = await ServerProcess.start({ prefix: ['bash', '-c', 'ulimit -n 128; exec "$@"', 'bash'] });
    onTestFinished(() => server.dispose());
    const kept = await connection(server);
    expect(await kept.ask('/healthz')).toMatch(/^HTTP\/1\.1 200/);
    const crowd = Array.from({ length: 200 }, () => connect(Number(new URL(server.url).port), '127.0.0.1'));
    for (const socket of crowd) socket.on('error', () => undefined);
    onTestFinished(() => crowd.forEach((socket) => socket.destroy()));
    await eventually(async () => {
      // 64 of its own and 64 connections, this one among them.
      expect(metric(await kept.ask('/metrics'), 'weft_connections_dropped_total')).toBe(200 - 63);
    });
    expect(await kept.ask('/api/documents')).toMatch(/^HTTP\/1\.1 200/);
    for (const socket of crowd) socket.destroy();
    await eventually(async () => expect((await fetch(`${server.url}/healthz`)).status).toBe(200));
    expect(lines(server)).toEqual([expect.stringContaining('others are refused: see WEFT_MAX_CONNECTIONS and ulimit')]);
    expect(await server.stop()).toBe(0);
  });

  it('answers 503 where it cannot open a page, without an error in the log, and 200 once it can', async () => {
    const server = await ServerProcess.start();
    onTestFinished(() => server.dispose());
    const kept = await connection(server);
    expect(await kept.ask('/favicon.svg')).toMatch(/^HTTP\/1\.1 200/);
    const allow = (files: number): void => {
      const { status, stderr } = spawnSync('prlimit', ['--pid', String(server.pid), `--nofile=${files}:`]);
      expect([status, String(stderr)]).toEqual([0, '']);
    };
    allow(3);
    for (let time = 0; time < 20; time += 1) {
      const answer = await kept.ask('/favicon.svg');
      expect(answer).toMatch(/^HTTP\/1\.1 503[^]*retry-after: \d[^]*"code":"unavailable"/i);
    }
    expect(await kept.ask('/api/documents')).toMatch(/^HTTP\/1\.1 200/);
    allow(4096);
    expect(await kept.ask('/favicon.svg')).toMatch(/^HTTP\/1\.1 200/);
    expect(lines(server)).toEqual([expect.stringContaining('"cause":"EMFILE"')]);
    expect(lines(server)[0]).toContain('"level":40');
    expect(await server.stop()).toBe(0);
  });
});
