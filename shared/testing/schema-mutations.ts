import type { SeededRandom } from './random.ts';
import { ANYTHING } from './schema-values.ts';

/** Marks a string that `rawJson` replaces by JSON text which no value has. */
const RAW = '\u0000raw ';
/** Spellings that a parser may stumble over. */
const RAW_SPELLINGS = [
  '1e999',
  '-0',
  '1E-7',
  '9007199254740993',
  '1.0',
  '"\\ud83d"',
  '"\\u0000"',
  'nul',
  '[',
  '{"a":1,"a":2}',
];
/** Fields that no message has, or that other messages have. */
const EXTRA = [
  '__proto__',
  'constructor',
  'toString',
  'toJSON',
  'then',
  'userId',
  'sessionId',
  'role',
  'documentId',
  'token',
];

/** The value with one to three mistakes, as text that may not even be JSON. */
export function mutatedJson(value: unknown, random: SeededRandom): string {
  let mutated = structuredClone(value);
  for (let count = 1 + random.below(3); count > 0; count -= 1) mutated = mutateSomewhere(mutated, random);
  const json = rawJson(mutated);
  return random.chance(2) ? spoil(json, random) : json;
}

/** Walks to a random place and breaks what is there. */
function mutateSomewhere(value: unknown, random: SeededRandom): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(70)) {
    const index = random.below(value.length);
    return value.map((item: unknown, at) => (at === index ? mutateSomewhere(item, random) : item));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongValue(random);
  const fields = Object.entries(value as Record<string, unknown>);
  const choice = random.below(10);
  if (choice === 0) return wrongValue(random);
  if (choice === 1) return Object.fromEntries([...fields, [random.pick(EXTRA), wrongValue(random)]]);
  const [name] = random.pick(fields.length === 0 ? ([['type', '']] as const) : fields);
  if (choice === 2) return Object.fromEntries(fields.filter(([other]) => other !== name));
  return Object.fromEntries(
    fields.map(([other, field]) => [other, other === name ? mutateSomewhere(field, random) : field]),
  );
}

function wrongValue(random: SeededRandom): unknown {
  if (random.chance(15)) return RAW + random.pick(RAW_SPELLINGS);
  if (random.chance(3)) return nested(random.pick([20, 2000]));
  return random.pick(ANYTHING);
}

function nested(depth: number): string {
  return `${RAW}${'['.repeat(depth)}${']'.repeat(depth)}`;
}

function rawJson(value: unknown): string {
  return JSON.stringify(value).replace(/"\\u0000raw ((?:[^"\\]|\\.)*)"/g, (_, spelled: string) =>
    String(JSON.parse(`"${spelled}"`)),
  );
}

/** Cuts a text, doubles a part of it, or puts a character into it. */
function spoil(text: string, random: SeededRandom): string {
  const at = random.below(text.length + 1);
  const choice = random.below(4);
  if (choice === 0) return text.slice(0, at);
  if (choice === 1) return text.slice(0, at) + text.slice(at / 2);
  if (choice === 2) return `\ufeff${text}`;
  return text.slice(0, at) + random.pick(['\u0000', '"', '}', '\ud800', '\n', '\\']) + text.slice(at);
}
