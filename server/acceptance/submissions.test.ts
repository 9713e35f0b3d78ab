import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import { newClientId } from '../../testing/raw-client.ts';
import { ReferenceClient } from '../../testing/reference-client.ts';
import { Stranger } from '../../testing/stranger.ts';
import { insert, type WireOperation } from '../../testing/wire-text.ts';

const remove = (from: number, to: number): WireOperation => ({ type: 'delete', from, to });

let server: ServerProcess;
let owner: Stranger;

beforeAll(async () => {
  server = await ServerProcess.start();
  owner = await Stranger.guest(server.url);
});
afterAll(() => server.dispose());

describe('G2 once', () => {
  it('answers a resend by the original ack, on the old base and on a newer one (FO7, FO11)', async () => {
    const id = await owner.makeDocument({ content: 'ab' });
    const { client } = await owner.join(id);
    const other = (await owner.join(id)).client;
    const original = await client.submitAndHear(1, 1, [insert(2, 'X')]);
    expect(original).toEqual({ type: 'ack', seq: 1, version: 2, timestamp: original['timestamp'] });
    await other.submitAndHear(1, 2, [insert(0, '--')]);
    const again = { ...original, operations: [insert(2, 'X')] };
    expect(await client.submitAndHear(1, 1, [insert(2, 'X')])).toEqual(again);
    // Rebased meanwhile: another place, the same text.
    expect(await client.submitAndHear(1, 3, [insert(4, 'X')])).toEqual(again);
    expect(await owner.read(id)).toMatchObject({ text: '--abX', version: 3 });
  });

  it('S1 refuses other text, an older seq and a gap; none of them uses a seq up (FO8)', async () => {
    const id = await owner.makeDocument();
    const { client, answer } = await owner.join(id);
    expect(answer['seq']).toBe(0);
    const refusal = (code: string, seq: number): object => ({ type: 'error', code, seq, retryable: false });
    expect(await client.submitAndHear(2, 0, [insert(0, 'a')])).toMatchObject(refusal('seq_gap', 2));
    expect(await client.submitAndHear(1, 1, [insert(0, 'a')])).toMatchObject(refusal('version_ahead', 1));
    expect(await client.submitAndHear(1, 0, [insert(0, 'a')])).toMatchObject({ type: 'ack', version: 1 });
    expect(await client.submitAndHear(1, 1, [insert(0, 'b')])).toMatchObject(refusal('seq_reused', 1));
    expect(await client.submitAndHear(1, 1, [remove(0, 1)])).toMatchObject(refusal('seq_reused', 1));
    expect(await client.submitAndHear(2, 1, [insert(0, 'b')])).toMatchObject({ type: 'ack', version: 2 });
    expect(await client.submitAndHear(1, 0, [insert(0, 'a')])).toMatchObject(refusal('seq_reused', 1));
    expect(await client.submitAndHear(Number.MAX_SAFE_INTEGER, 2, [insert(0, 'c')])).toMatchObject({ code: 'seq_gap' });
    expect(await client.submitAndHear(3, 2, [insert(0, 'c')])).toMatchObject({ type: 'ack', version: 3 });
    expect(await owner.read(id)).toMatchObject({ text: 'cba', version: 3 });
  });

  it('S2 knows a resend of which rebasing left nothing, as a unit that is inserted and deleted again', async () => {
    const id = await owner.makeDocument({ content: 'abc' });
    const { client } = await owner.join(id);
    const other = (await owner.join(id)).client;
    await other.submitAndHear(1, 1, [remove(0, 3)]);
    const original = await client.submitAndHear(1, 1, [remove(1, 2)]);
    expect(original).toMatchObject({ type: 'ack', version: 3 });
    const nothing = [insert(0, ' '), remove(0, 1)];
    expect(await client.submitAndHear(1, 3, nothing)).toEqual({ ...original, operations: [] });
    expect(await client.submitAndHear(2, 3, nothing)).toMatchObject({ type: 'ack', seq: 2, version: 4 });
    expect(await owner.read(id)).toMatchObject({ text: '', version: 4 });
  });

  it('commits one of many that are sent at once, over two sockets and HTTP (FO7)', async () => {
    const id = await owner.makeDocument();
    const clientId = newClientId();
    const operations = [insert(0, 'once ')];
    const first = await owner.open(id, { clientId });
    const second = await owner.open(id, { clientId });
    for (const client of [first, second]) {
      client.send([
        { type: 'join', clientId },
        { type: 'submit', seq: 1, version: 0, operations },
        { type: 'submit', seq: 1, version: 0, operations },
      ]);
    }
    const posts = Array.from({ length: 4 }, () =>
      owner.send('POST', `/api/documents/${id}/operations`, { clientId, seq: 1, version: 0, operations }),
    );
    const names = (await Promise.all(posts)).map(({ status, json }) => ({ status, ...json }));
    const survivor = await Promise.race([first.closed().then(() => second), second.closed().then(() => first)]);
    const ack = await survivor.answerTo(1);
    expect(new Set(names.map((name) => JSON.stringify(name))).size).toBe(1);
    expect(names[0]).toEqual({ status: 200, version: 1, timestamp: ack['timestamp'] });
    expect(ack).toMatchObject({ type: 'ack', version: 1 });
    expect(await owner.read(id)).toMatchObject({ text: 'once ', version: 1 });
  });

  it('is the same over HTTP and the socket for one clientId', async () => {
    const id = await owner.makeDocument();
    const clientId = newClientId();
    const path = `/api/documents/${id}/operations`;
    const post = (seq: number, version: number, text: string) =>
      owner.send('POST', path, { clientId, seq, version, operations: [insert(0, text)] });
    const posted = await post(1, 0, 'a');
    expect([posted.status, posted.json!['version']]).toEqual([200, 1]);
    const { client, answer } = await owner.join(id, { clientId });
    expect(answer).toMatchObject({ version: 1, seq: 1 });
    expect(await client.submitAndHear(1, 0, [insert(0, 'a')])).toEqual({
      ...{ type: 'ack', seq: 1, ...posted.json },
      operations: [insert(0, 'a')],
    });
    expect(await client.submitAndHear(2, 1, [insert(0, 'b')])).toMatchObject({ type: 'ack', version: 2 });
    expect((await post(2, 1, 'b')).json).toMatchObject({ version: 2 });
    expect(await post(2, 1, 'x')).toMatchObject({ status: 409, code: 'seq_reused' });
    expect(await post(4, 1, 'x')).toMatchObject({ status: 409, code: 'seq_gap' });
    expect(await post(3, 9, 'x')).toMatchObject({ status: 409, code: 'version_ahead' });
    // The socket hears of what its client commits elsewhere.
    expect(await post(3, 2, 'c')).toMatchObject({ status: 200 });
    expect(await client.answerTo(3)).toMatchObject({ type: 'ack', version: 3, operations: [insert(0, 'c')] });
  });

  it.each(['restart', 'kill'] as const)(
    'J8 answers a resend after a %s in the same session, and tells seq and what was missed',
    async (way) => {
      const id = await owner.makeDocument({ content: 'ab' });
      const { client, answer } = await owner.join(id);
      const original = await client.submitAndHear(1, 1, [insert(1, '·')]);
      const other = await owner.join(id);
      const { timestamp } = await other.client.submitAndHear(1, 2, [insert(0, '>')]);
      if (way === 'kill') await server.kill();
      else await server.stop();
      if (way === 'restart') expect((await client.closed()).code).toBe(1012);
      await server.start();
      const { clientId } = client;
      const known = { version: 1, timestamp: answer['timestamp'] };
      const back = await owner.join(id, { clientId, join: known });
      const session = back.answer['session'] as { id: string };
      expect(session).toEqual(answer['session']);
      const otherId = (other.answer['session'] as { id: string }).id;
      const userId = (answer['session'] as { user: { id: string } }).user.id;
      expect(back.answer).toMatchObject({ type: 'document-sync', version: 3, timestamp, seq: 1 });
      expect(back.answer['updates']).toEqual([
        {
          version: 2,
          timestamp: original['timestamp'],
          operations: [insert(1, '·')],
          userId,
          sessionId: session.id,
          seq: 1,
        },
        { version: 3, timestamp, operations: [insert(0, '>')], userId, sessionId: otherId },
      ]);
      const again = await back.client.submitAndHear(1, 3, [insert(2, '·')]);
      expect(again).toEqual({ ...original, operations: [insert(1, '·')] });
      expect(await back.client.submitAndHear(1, 3, [insert(2, 'x')])).toMatchObject({ code: 'seq_reused' });
      expect(await back.client.submitAndHear(2, 3, [insert(0, '!')])).toMatchObject({ type: 'ack', version: 4 });
      expect(await owner.read(id)).toMatchObject({ text: '!>a·b', version: 4 });
    },
  );
});

describe('V2 and G3 ordered', () => {
  it('seed 20: 16 writers and a reader, written from the document alone, see one order and one text (FO12)', async () => {
    const id = await owner.makeDocument({ content: '😀 0123456789 😀\n'.repeat(4) });
    const people = await Promise.all(
      Array.from({ length: 17 }, async () => {
        const { client, answer } = await owner.join(id);
        return new ReferenceClient(client, answer);
      }),
    );
    const [reader, ...writers] = people as [ReferenceClient, ...ReferenceClient[]];
    const each = 12;
    await Promise.all(
      writers.map(async (writer, index) => {
        const random = randomOf(20 + index);
        for (let count = 0; count < each; count += 1) await writer.submit(randomOperations(writer.text, random));
      }),
    );
    const last = 1 + writers.length * each;
    await Promise.all(people.map((person) => person.reach(last)));
    const { text, version } = await owner.read(id);
    expect(version).toBe(last);
    for (const person of [reader, ...writers]) expect(person.text).toBe(text);
  });
});

/** Numbers from 0 up to, not including, `below`, the same for the same seed (mulberry32). */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** One to three operations in sequence that split no pair. */
function randomOperations(text: string, random: (below: number) => number): WireOperation[] {
  const operations: WireOperation[] = [];
  let characters = [...text];
  for (let left = 1 + random(3); left > 0; left -= 1) {
    const at = random(characters.length + 1);
    const count = Math.min(random(4), characters.length - at);
    const added = random(3) === 0 && count > 0 ? '' : ['a', '😀', '가나', '\n', 'é'][random(5)]!;
    const from = characters.slice(0, at).join('').length;
    const to = from + characters.slice(at, at + count).join('').length;
    if (count === 0) operations.push({ type: 'insert', position: from, text: added });
    else if (added === '') operations.push({ type: 'delete', from, to });
    else operations.push({ type: 'replace', from, to, text: added });
    characters = [...characters.slice(0, at), ...added, ...characters.slice(at + count)];
  }
  return operations;
}
