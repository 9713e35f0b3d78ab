import type { SeededRandom } from '../../shared/testing/random.ts';

/** A body as sent. */
export interface OddBody {
  /** Undefined if there is none. */
  readonly body: string | Buffer | undefined;
  /** The content type; undefined if none is named. */
  readonly type: string | undefined;
}

const JSON_TYPE = 'application/json';
const TYPES = [
  JSON_TYPE,
  'text/plain',
  'text/plain; charset=utf-16',
  'application/xml',
  'x',
  'application/json; charset=latin1',
];
/** JSON values to put in place of a whole body or of one field. */
const VALUES = [
  'null',
  '[]',
  '[null]',
  '"x"',
  '1',
  '-1',
  '1e999',
  '9007199254740993',
  'true',
  '{}',
  '{"__proto__":{"role":"owner"}}',
  '{"constructor":{"prototype":{}}}',
  '"\\ud83d"',
  '"\\u0000"',
  '"\\u200b"',
  JSON.stringify('a'.repeat(40_000)),
];
/** The fields of all request bodies. */
const FIELDS = [
  ...['title', 'content', 'linkAccess', 'trashed', 'name', 'color', 'role', 'expiresAt', 'password', 'secret'],
  ...['clientId', 'seq', 'version', 'operations', '__proto__', 'toString'],
];
const OPERATIONS = [
  '[{"type":"insert","position":0,"text":"\\ud83d"}]',
  '[{"type":"delete","from":9,"to":1}]',
  '[{"type":"__proto__"}]',
];

/** Bodies that make no sense: not an object, truncated, of odd content types, or objects with odd values in known fields. */
export function oddBodies(random: SeededRandom): OddBody[] {
  const wholes = [...VALUES, '', '{', '{"title":', '\ufeff{}', '{"title":"a","title":null}'];
  const objects = Array.from({ length: 12 }, () => {
    const fields = Array.from({ length: 1 + random.below(4) }, () => {
      const value = random.pick([...VALUES, ...OPERATIONS, '0', '"edit"', '"editor"', '4000000000000']);
      return `${JSON.stringify(random.pick(FIELDS))}:${value}`;
    });
    return `{${fields.join(',')}}`;
  });
  return [
    { body: undefined, type: undefined },
    { body: undefined, type: JSON_TYPE },
    { body: Buffer.from([0xff, 0xfe, 0x00]), type: random.pick(TYPES) },
    { body: '{}', type: random.pick(TYPES) },
    ...[...wholes, ...objects].map((body) => ({ body, type: random.chance(80) ? JSON_TYPE : random.pick(TYPES) })),
  ];
}
