import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../testing/edits.ts';
import { wholeValues } from '../testing/schema-values.ts';
import { decodeServerMessage, parseServerMessage } from './decode-server-message.ts';
import { ProtocolError } from './frame.ts';
import { serverMessageSchema } from './messages.ts';

const seed = 20261126;

/** Messages of every kind, with all fields that they may have, made from the schema: the decoder cannot forget one of them. */
const WHOLE = wholeValues(serverMessageSchema) as { readonly type: string; readonly updates?: unknown }[];
/** One whose missed changes mean something. */
const { updates: _, ...sync } = WHOLE.find(({ type }) => type === 'document-sync')!;
const SHORT = { ...sync, missed: { timestamp: 9, authors: [['u', 's']], changes: [[0, 0, 3, 'x', -1]] } };

const STRANGE: readonly unknown[] = [
  ...[-1, -0, 0, 0.5, 2 ** 53, 1e300, '', 'x', 'x'.repeat(129), null, true, [], {}, [1, 'a'], ['a'], ['a', 'b', 'c']],
  ...[
    'insert',
    'viewer',
    'away',
    'ack',
    '__proto__',
    'toString',
    Array.from({ length: 65 }, () => ({ anchor: 1, head: 2 })),
  ],
];

/** Every object and list inside a value. */
function containers(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

/** A whole message in which one field or entry, somewhere, is gone, strange, or one too many. */
const damaged = fc
  .record({
    message: fc.constantFrom(...WHOLE, SHORT),
    where: fc.nat(),
    key: fc.nat(),
    how: fc.nat(2),
    strange: fc.nat(),
  })
  .map(({ message, where, key, how, strange }) => {
    const copy = structuredClone(message);
    const all = containers(copy);
    const place = all[where % all.length] as Record<string, unknown>;
    const keys = Object.keys(place);
    const name = keys[key % Math.max(1, keys.length)] ?? '0';
    if (how === 0) delete place[name];
    else place[how === 1 ? name : 'other'] = STRANGE[strange % STRANGE.length];
    return JSON.parse(JSON.stringify(copy)) as unknown;
  });

/** What the decoder says: the message, `unknown` for a kind that it does not know, or `refused`. */
function read(value: unknown): unknown {
  try {
    return decodeServerMessage(value) ?? 'unknown';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return 'refused';
  }
}

describe('messages of the server', () => {
  it.each([...WHOLE, SHORT].map((message) => [JSON.stringify(message).slice(0, 40), message]))(
    '%s… is read whole',
    (_, message) => {
      expect(serverMessageSchema.parse(message)).toStrictEqual(message);
      expect(read(message)).toStrictEqual(message);
      expect(parseServerMessage(message)).toBeDefined();
    },
  );

  it('are tried in every kind, each with all of its fields', () => {
    const tried = new Map(WHOLE.map(({ type, ...fields }) => [type, Object.keys(fields)]));
    const kinds = serverMessageSchema.def.options.map(({ shape: { type, ...fields } }) => {
      return [type.def.values[0], Object.keys(fields)];
    });
    expect([...tried]).toEqual(kinds);
  });

  it(`are read exactly as the schema reads them (seed ${seed})`, () => {
    const seen = { taken: 0, refused: 0 };
    const kinds = new Set(serverMessageSchema.def.options.map((option) => option.shape.type.def.values[0]));
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: damaged }, fc.jsonValue()), (value) => {
        const result = serverMessageSchema.safeParse(value);
        seen[result.success ? 'taken' : 'refused'] += 1;
        if (result.success) return void expect(read(value)).toStrictEqual(result.data);
        const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
        expect(read(value)).toBe(type !== undefined && !kinds.has(type as never) ? 'unknown' : 'refused');
      }),
      { seed, numRuns: PROPERTY_RUNS * 2 },
    );
    expect(seen.taken).toBeGreaterThan(100);
    expect(seen.refused).toBeGreaterThan(100);
  });
});

const user = { id: 'u', name: 'U', color: '#112233' };
const answer = {
  ...{ type: 'document-sync', documentId: 'd', version: 9, timestamp: 1030, seq: 6, title: 't', count: 1 },
  session: { id: 'me', user, role: 'editor' },
  limits: { messageBytes: 1, operations: 1, documentLength: 1 },
  ...{ collaborators: [], heartbeatInterval: 1 },
};
const authors = [
  ['u', 'me'],
  ['v', 'they'],
];

it('J10 reads the short form as the updates that it stands for, own changes with their seqs', () => {
  const changes = [
    [0, 0, 'a'],
    [1, 20, 3, 'b', -2],
    [0, 10, 1, -1],
    [1, 0],
  ];
  const message = parseServerMessage({ ...answer, missed: { timestamp: 1000, authors, changes } });
  const they = { userId: 'v', sessionId: 'they' };
  const me = { userId: 'u', sessionId: 'me' };
  expect(message).toEqual({
    ...answer,
    updates: [
      { version: 6, timestamp: 1000, operations: [{ type: 'insert', position: 0, text: 'a' }], ...me, seq: 5 },
      { version: 7, timestamp: 1020, operations: [{ type: 'replace', from: 3, to: 5, text: 'b' }], ...they },
      { version: 8, timestamp: 1030, operations: [{ type: 'delete', from: 1, to: 2 }], ...me, seq: 6 },
      { version: 9, timestamp: 1030, operations: [], ...they },
    ],
  });
});

it('J10 refuses a change without an author or a time', () => {
  for (const row of [[2, 0, 'a'], ['0', 0, 'a'], [0, 'a'], [0]]) {
    const message = { ...answer, missed: { timestamp: 0, authors, changes: [row] } };
    expect(() => parseServerMessage(message), JSON.stringify(row)).toThrow(ProtocolError);
  }
});
