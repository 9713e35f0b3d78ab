import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROPERTY_RUNS } from '../testing/edits.ts';
import { ProtocolError } from './frame.ts';
import { serverMessageSchema } from './messages.ts';
import { parseServerMessage, decodeServerMessage } from './decode-server-message.ts';

const seed = 20261126;

const user = { id: 'u', name: 'Mina', color: '#123456' };
const cursor = { version: 3, ranges: [{ anchor: 1, head: 2 }] };
const collaborator = { sessionId: 's', user, role: 'editor', state: 'idle', cursor };
const operations = [
  { type: 'insert', position: 0, text: 'a' },
  { type: 'delete', from: 1, to: 2 },
  { type: 'replace', from: 0, to: 1, text: 'b' },
];
const update = { version: 4, timestamp: 9, operations, userId: 'u', sessionId: 's', seq: 2 };
const joined = {
  documentId: 'd',
  version: 4,
  timestamp: 9,
  seq: 2,
  title: '',
  session: { id: 's', user, role: 'owner' },
  connectionId: 'c',
  collaborators: [collaborator, { ...collaborator, cursor: null }],
  count: 2,
  limits: { messageBytes: 1, operations: 2, documentLength: 3 },
  heartbeatInterval: 15_000,
};
const missed = { timestamp: 9, authors: [['u', 's']], changes: [[0, 0, 3, 'x', -1]] };

/** Each kind of message with every field that it may have. */
const WHOLE: readonly object[] = [
  { type: 'document-init', ...joined, content: 'abc', reason: 'behind' },
  { type: 'document-sync', ...joined, updates: [update] },
  { type: 'document-sync', ...joined, missed },
  { type: 'document-update', documentId: 'd', ...update },
  { type: 'ack', seq: 1, version: 2, timestamp: 3, operations },
  {
    type: 'collaborators-update',
    documentId: 'd',
    joined: [collaborator],
    left: ['s'],
    changed: [collaborator],
    count: 1,
  },
  { type: 'cursor-update', sessionId: 's', ...cursor },
  { type: 'cursor-update', sessionId: 's', version: 3, ranges: null },
  { type: 'role-update', role: 'viewer' },
  { type: 'token-expiring', expiresAt: 1 },
  { type: 'authenticated', expiresAt: 1 },
  { type: 'document-meta', title: 'T' },
  { type: 'error', code: 'forbidden', message: 'no', seq: 1, retryable: false, retryAfter: 100 },
  { type: 'pong', nonce: 'n', timestamp: 1 },
  { type: 'pong', nonce: 1.5, timestamp: 1 },
];

const STRANGE: readonly unknown[] = [
  ...[-1, -0, 0, 0.5, 2 ** 53, 1e300, '', 'x', 'x'.repeat(129), null, true, [], {}, [1, 'a'], ['a'], ['a', 'b', 'c']],
  ...['insert', 'viewer', 'away', 'ack', '__proto__', 'toString', Array.from({ length: 65 }, () => cursor.ranges[0])],
];

/** Every object and list inside a value. */
function containers(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

/** A whole message in which one field or entry, somewhere, is gone, strange, or one too many. */
const damaged = fc
  .record({ message: fc.constantFrom(...WHOLE), where: fc.nat(), key: fc.nat(), how: fc.nat(2), strange: fc.nat() })
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

/** What the reader says: the message, `unknown` for a kind that it does not know, or `refused`. */
function read(value: unknown): unknown {
  try {
    return decodeServerMessage(value) ?? 'unknown';
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return 'refused';
  }
}

describe('messages of the server', () => {
  it.each(WHOLE.map((message) => [JSON.stringify(message).slice(0, 40), message]))(
    '%s… is read whole',
    (_, message) => {
      expect(serverMessageSchema.parse(message)).toEqual(message);
      expect(read(message)).toEqual(message);
      expect(parseServerMessage(message)).toBeDefined();
    },
  );

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
