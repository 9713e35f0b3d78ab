import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../testing/server-process.ts';
import type { RawClient } from '../../testing/raw-client.ts';
import { ReferenceEdit } from '../../testing/reference-edit.ts';
import { Stranger } from '../../testing/stranger.ts';
import { applyTo, type WireOperation } from '../../testing/wire-text.ts';

type Operations = readonly WireOperation[];

interface Vectors {
  readonly apply: readonly {
    readonly name: string;
    readonly text: string;
    readonly operations: Operations;
    readonly canonical: Operations;
    readonly result: string;
  }[];
  readonly refusals: readonly {
    readonly name: string;
    readonly text: string;
    readonly operations: Operations;
    readonly code: string;
  }[];
  readonly transform: readonly {
    readonly name: string;
    readonly text: string;
    readonly committed: Operations;
    readonly incoming: Operations;
    readonly rebased: Operations;
    readonly result: string;
  }[];
}

const file = new URL('../../shared/text/vectors.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

let server: ServerProcess;
let owner: Stranger;

beforeAll(async () => {
  server = await ServerProcess.start();
  owner = await Stranger.guest(server.url);
});
afterAll(() => server.dispose());

/** A document with a text, its version, and two sockets on it. */
async function open(text: string): Promise<{ id: string; base: number; first: RawClient; second: RawClient }> {
  const id = await owner.makeDocument({ content: text });
  const [first, second] = [await owner.join(id), await owner.join(id)];
  return { id, base: first.answer['version'] as number, first: first.client, second: second.client };
}

/** The operations of a version, as a socket was told them by somebody else. */
async function told(client: RawClient, version: number): Promise<Operations> {
  const update = await client.next((message) => message.type === 'document-update' && message['version'] === version);
  return update['operations'] as Operations;
}

describe('V7 vectors, run by a stranger and by the server', () => {
  it.each(vectors.apply)('apply: $name', async ({ text, operations, canonical, result }) => {
    expect(applyTo(text, operations)).toBe(result);
    expect(ReferenceEdit.of(operations, text.length).apply(text)).toBe(result);
    const { id, base, first, second } = await open(text);
    expect(await first.submitAndHear(1, base, operations)).toMatchObject({ type: 'ack', version: base + 1 });
    expect(await told(second, base + 1)).toEqual(canonical);
    expect((await owner.read(id)).text).toBe(result);
  });

  it.each(vectors.refusals)('refusal: $name', async ({ text, operations, code }) => {
    const { id, base, first } = await open(text);
    expect(await first.submitAndHear(1, base, operations)).toMatchObject({ type: 'error', code });
    expect(await owner.read(id)).toMatchObject({ text, version: base });
  });

  it.each(vectors.transform)('transform: $name', async ({ text, committed, incoming, rebased, result }) => {
    const earlier = ReferenceEdit.of(committed, text.length);
    const later = ReferenceEdit.of(incoming, text.length).after(earlier);
    expect(later.apply(earlier.apply(text))).toBe(result);
    const { id, base, first, second } = await open(text);
    expect(await first.submitAndHear(1, base, committed)).toMatchObject({ type: 'ack', version: base + 1 });
    expect(await second.submitAndHear(1, base, incoming)).toMatchObject({ type: 'ack', version: base + 2 });
    expect(await told(first, base + 2)).toEqual(rebased);
    expect((await owner.read(id)).text).toBe(result);
  });
});
