import type * as z from 'zod/mini';
import type { SeededRandom } from './random.ts';

/** A schema, seen as the tree that zod keeps of it. */
interface SchemaNode {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, SchemaNode>>;
    readonly values?: readonly unknown[];
    readonly entries?: Readonly<Record<string, unknown>>;
    readonly innerType?: SchemaNode;
    readonly element?: SchemaNode;
    readonly items?: readonly SchemaNode[];
    readonly options?: readonly SchemaNode[];
  };
  safeParse(value: unknown): { readonly success: boolean };
}

/** Strings among which a schema with a pattern finds one that it takes. */
const STRINGS = [
  'a',
  'Mina 민아',
  '#1f6feb',
  'A'.repeat(22),
  'abcdefghij-klmnop_qrstu',
  '🍵 tea',
  'two\nlines',
] as const;
/** Values of all kinds, most of which no schema takes. */
export const ANYTHING: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  Number.MAX_SAFE_INTEGER,
  '',
  '1',
  'constructor',
  '__proto__',
  '\ud83d',
  'x\r\ny',
  '\u0000',
  'x'.repeat(20_000),
  [],
  [[]],
  [null],
  {},
  { toJSON: 'x', then: 'y' },
  { length: 5 },
  Array.from({ length: 2000 }, () => 0),
];
/** A value that a schema takes. Optional fields are there half of the time. */
export function validValue(schema: z.core.$ZodType, random: SeededRandom): unknown {
  return valid(schema as unknown as SchemaNode, random);
}

function valid(node: SchemaNode, random: SeededRandom): unknown {
  const { type, shape, values, entries, innerType, element, options } = node.def;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(shape!).flatMap(([name, field]) =>
          field.def.type === 'optional' && random.chance(50) ? [] : [[name, valid(field, random)]],
        ),
      );
    case 'literal':
      return random.pick(values!);
    case 'enum':
      return random.pick(Object.values(entries!));
    case 'optional':
      return valid(innerType!, random);
    case 'nullable':
      return random.chance(20) ? null : valid(innerType!, random);
    case 'array':
      return Array.from({ length: random.below(4) }, () => valid(element!, random));
    case 'union':
      return valid(random.pick(options!), random);
    case 'number':
      return random.pick([1, 2, random.below(100)]);
    case 'string':
      return random.pick(STRINGS.filter((text) => node.safeParse(text).success));
    case 'boolean':
      return random.chance(50);
    case 'unknown':
      return random.pick(ANYTHING);
    default:
      throw new Error(`Values of the kind ${type} are not made here`);
  }
}

/**
 * Values that a schema takes, with all fields that they may have, the optional ones too. Together they show every option, every
 * listed value, and null wherever it may stand.
 */
export function wholeValues(schema: z.core.$ZodType): unknown[] {
  return whole(schema as unknown as SchemaNode);
}

function whole(node: SchemaNode): unknown[] {
  const { type, shape, values, entries, innerType, element, items, options } = node.def;
  switch (type) {
    case 'object': {
      const names = Object.keys(shape!);
      return sideBySide(Object.values(shape!)).map((fields) =>
        Object.fromEntries(names.map((name, index) => [name, fields[index]])),
      );
    }
    case 'tuple':
      return sideBySide(items!);
    case 'literal':
      return [...values!];
    case 'enum':
      return Object.values(entries!);
    case 'optional':
      return whole(innerType!);
    case 'nullable':
      return [...whole(innerType!), null];
    case 'array':
      return [whole(element!)];
    case 'union':
      return options!.flatMap(whole);
    case 'number':
      return [1];
    case 'string':
      return [STRINGS.find((text) => node.safeParse(text).success)];
    case 'boolean':
      return [true, false];
    case 'unknown':
      return [{ any: 'thing' }];
    default:
      throw new Error(`Values of the kind ${type} are not made here`);
  }
}

/** Rows with a value for each node; there are as many as the node with the most values has, so that every value is in one. */
function sideBySide(nodes: readonly SchemaNode[]): unknown[][] {
  const columns = nodes.map(whole);
  const rows = Math.max(...columns.map((column) => column.length));
  return Array.from({ length: rows }, (_, row) => columns.map((column) => column[row % column.length]));
}
