import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { ServerProcess } from '../../testing/server-process.ts';
import { canMountTmpfs, mountTmpfs } from '../stores/testing/tmpfs.ts';
import { RawClient } from '../../testing/raw-client.ts';

/** Larger than what a log that is already there can take without growing. */
const TEXT = 'x'.repeat(100_000);

describe.runIf(canMountTmpfs())('the shipped server on a full disk (a tmpfs of 6 MiB)', () => {
  let folder: string;
  let server: ServerProcess;
  let unmount: () => void;

  beforeEach(async () => {
    folder = temporaryFolder();
    unmount = mountTmpfs(folder, '6m');
    server = await ServerProcess.start({ dataFolder: folder, env: { WEFT_UNAVAILABLE_AFTER_MS: '300' } });
  });
  afterEach(async () => {
    await server.dispose();
    unmount();
  });

  /** The check behind /readyz is made every few seconds. */
  const readiness = (status: number): Promise<void> =>
    vi.waitFor(async () => expect((await fetch(`${server.url}/readyz`)).status).toBe(status), { timeout: 15_000 });

  test('S3 acknowledges nothing it cannot keep, goes on reading and joining, and heals when there is room (FS3)', async () => {
    const created = await fetch(`${server.url}/api/documents`, { method: 'POST', body: '{}', headers: json });
    const { id } = (await created.json()) as { id: string };
    const { client } = await RawClient.join(server.socketUrl(id));
    client.submit(1, 0, [{ type: 'insert', position: 0, text: 'kept ' }]);
    expect(await client.answerTo(1)).toMatchObject({ type: 'ack', version: 1 });

    const ballast = path.join(folder, 'ballast');
    fill(ballast);
    let seq = 1;
    let answer: Awaited<ReturnType<RawClient['answerTo']>>;
    do {
      seq += 1;
      client.submit(seq, seq - 1, [{ type: 'insert', position: 0, text: TEXT }]);
      answer = await client.answerTo(seq);
    } while (answer.type === 'ack');
    expect(answer).toMatchObject({ code: 'unavailable', retryable: true, seq });

    const second = await RawClient.join(server.socketUrl(id));
    expect(second.answer).toMatchObject({ type: 'document-init', version: seq - 1 });
    const heard = second.client.received.length;
    client.send({ type: 'cursor', version: seq - 1, ranges: [{ anchor: 1, head: 1 }] });
    await second.client.next((message) => message.type === 'cursor-update', heard);
    await readiness(503);

    rmSync(ballast);
    do {
      const from = client.received.length;
      client.submit(seq, seq - 1, [{ type: 'insert', position: 0, text: TEXT }]);
      answer = await client.answerTo(seq, from);
    } while (answer['code'] === 'unavailable');
    expect(answer).toMatchObject({ type: 'ack', version: seq });
    await readiness(200);

    await server.restart();
    const content = await (await fetch(`${server.url}/api/documents/${id}/content`)).text();
    expect(content).toBe(`${TEXT.repeat(seq - 1)}kept `);
  });
});

const json = { 'content-type': 'application/json' };

/** Writes until nothing more fits. */
function fill(file: string): void {
  for (const size of [1024 * 1024, 64 * 1024, 4096]) {
    for (;;) {
      try {
        writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
      } catch {
        break;
      }
    }
  }
}
