import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { clientMessageSchema } from '../../../shared/protocol/messages.ts';
import { operationSchema } from '../../../shared/protocol/document-messages.ts';
import { ChunkedText } from '../../../shared/text/chunked-text.ts';
import { SeededRandom } from '../../../shared/testing/random.ts';
import type { RoomRegistry } from '../../rooms/room-registry.ts';
import { RoomKit, TestClient } from '../../testing/room-kit.ts';
import { mutatedJson } from '../../../shared/testing/schema-mutations.ts';
import { validValue } from '../../../shared/testing/schema-values.ts';

/** Mutated messages over all kinds; `npm run test:fuzz` sends millions. */
const MESSAGES = process.env['WEFT_SEEDS'] === undefined ? 100_000 : Number(process.env['WEFT_SEEDS']) * 200;
/** Messages between two looks at the document. */
const ROUND = 2000;
const KINDS = clientMessageSchema.def.options;
const START = 'One tea 🍵, two teas.\nAnd a second line.';

let kit: RoomKit;
let registry: RoomRegistry;
beforeAll(async () => {
  kit = await RoomKit.open();
});
afterAll(() => kit.close());

describe('a storm of messages that are almost right', () => {
  for (const [index, schema] of KINDS.entries()) {
    const kind = schema.shape.type.def.values[0];
    const seed = 1000 + index;
    it(`refuses or takes every ${kind} whole, and goes on serving others (seed ${seed}; FM4, FM5, FM8, FM9)`, async () => {
      registry = kit.node();
      const documentId = await kit.document(`fuzz-${kind}`, START);
      const observer = await TestClient.joined(registry, documentId, `observer-of-${kind}`);
      const random = new SeededRandom(seed);
      for (let sent = 0; sent < MESSAGES / KINDS.length; sent += ROUND) {
        const answers = await storm(documentId, schema, random, ROUND, `${kind}-${sent}`);
        expect(answers.get('internal'), 'failures of the server').toBeUndefined();
        expect(answers.get('bad_message') ?? 0).toBeGreaterThan(ROUND / 10);
        if (kind === 'submit')
          expect(Math.min(...['ack', 'bad_operation'].map((key) => answers.get(key) ?? 0))).toBeGreaterThan(10);
        await expectSound(documentId, observer, `${kind}-${sent}`);
      }
    }, 3_600_000);
  }
});

/**
 * Sends mutated messages from sessions that are replaced when they are closed; half of them have joined before. Counts the
 * answers by type, errors by code.
 */
async function storm(
  documentId: string,
  schema: z.core.$ZodType,
  random: SeededRandom,
  count: number,
  name: string,
): Promise<Map<string, number>> {
  const clients: TestClient[] = [];
  for (let sent = 0; sent < count; sent += 1) {
    let client = clients.at(-1);
    if (client === undefined || client.closed !== undefined || random.chance(5)) {
      client = new TestClient(registry, documentId, `${name}-${sent}`.padEnd(22, '-'));
      clients.push(client);
      if (random.chance(50)) {
        client.say({ type: 'join', clientId: client.clientId });
        while (client.messages.length === 0) await turn();
      }
    }
    const value = validValue(schema, random) as Record<string, unknown>;
    if (value['type'] === 'submit') aim(value, random);
    const frame = random.chance(10) ? JSON.stringify(value) : mutatedJson(value, random);
    expect(() => client.session.receive(frame), frame.slice(0, 500)).not.toThrow();
  }
  await (await registry.open(documentId)).settled();
  for (const client of clients) client.end();
  const answers = new Map<string, number>();
  for (const message of clients.flatMap(({ messages }) => messages)) {
    const key = message.type === 'error' ? message.code : message.type;
    answers.set(key, (answers.get(key) ?? 0) + 1);
  }
  return answers;
}

/** Most submissions get so near to being right that some of them are. */
function aim(value: Record<string, unknown>, random: SeededRandom): void {
  if (random.chance(80)) value['seq'] = 1;
  if (random.chance(80)) value['version'] = 1;
  if (random.chance(80)) {
    value['operations'] = Array.from({ length: 1 + random.below(3) }, () => {
      const operation = validValue(operationSchema, random) as { from?: number; to?: number; position?: number };
      if (operation.from !== undefined) Object.assign(operation, { from: random.below(6), to: 6 + random.below(6) });
      else Object.assign(operation, { position: random.below(12) });
      return operation;
    });
  }
}

/** The document is what its log says, the observer heard all of it, and a newcomer can write. */
async function expectSound(documentId: string, observer: TestClient, name: string): Promise<void> {
  const room = await registry.open(documentId);
  const newcomer = await TestClient.joined(registry, documentId, `new-${name}`);
  const { version } = newcomer.all('document-init')[0]!;
  newcomer.submit(1, version, { type: 'insert', position: 0, text: '.' });
  expect((await newcomer.hears('ack')).seq).toBe(1);
  newcomer.end();
  await room.settled();

  const { head } = room.log;
  expect(head.text.toString().isWellFormed()).toBe(true);
  expect(observer.versions).toEqual(Array.from({ length: head.version - 1 }, (_, index) => index + 2));
  let text = ChunkedText.from('');
  for (let after = 0; after < head.version;) {
    const page = await kit.store.changesAfter(documentId, after, 2000);
    for (const change of page) text = text.apply(change.edit);
    after = page.at(-1)!.version;
  }
  expect(text.toString()).toBe(head.text.toString());
}
