/**
 * Small exact checks from which larger ones are made. A reader gives back what it was given, without fields that it does not know,
 * and throws Mismatch otherwise. They do for a browser what the schemas of messages.ts do, without 8 KiB of library.
 */
export type Decoder<T> = (value: unknown) => T;

/** The value is not what the reader reads. */
export class Mismatch extends Error {}

const ABSENT = Symbol('absent');

export const text: Decoder<string> = (value) => (typeof value === 'string' ? value : fail());
/** A string of so many units at most. */
export function textUpTo(max: number): Decoder<string> {
  return (value) => (text(value).length <= max ? (value as string) : fail());
}
export const boolean: Decoder<boolean> = (value) => (typeof value === 'boolean' ? value : fail());
export const number: Decoder<number> = (value) => (Number.isFinite(value) ? (value as number) : fail());
export const integer: Decoder<number> = (value) => (Number.isSafeInteger(value) ? (value as number) : fail());
export const position: Decoder<number> = (value) => (integer(value) >= 0 ? (value as number) : fail());

export function oneOf<const T extends string>(...allowed: readonly T[]): Decoder<T> {
  return (value) => (allowed.includes(value as T) ? (value as T) : fail());
}

export function nullable<T>(read: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null ? null : read(value));
}

/** A field that may be missing. */
export function optional<T>(read: Decoder<T>): Decoder<T | undefined> {
  return (value) => (value === undefined ? (ABSENT as never) : read(value));
}

export function union<A, B>(one: Decoder<A>, other: Decoder<B>): Decoder<A | B> {
  return (value) => {
    try {
      return one(value);
    } catch {
      return other(value);
    }
  };
}

/** A list with a length within bounds, both included. */
export function list<T>(read: Decoder<T>, { min = 0, max = Infinity } = {}): Decoder<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return fail();
    return value.map((one) => read(one));
  };
}

type Fields<S extends Record<string, Decoder<unknown>>> = { [K in keyof S]: ReturnType<S[K]> };

/** An object with these fields. */
export function object<S extends Record<string, Decoder<unknown>>>(fields: S): Decoder<Fields<S>> {
  const entries = Object.entries(fields);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail();
    const found: Record<string, unknown> = {};
    for (const [name, read] of entries) {
      const field = read((value as Record<string, unknown>)[name]);
      if (field !== ABSENT) found[name] = field;
    }
    return found as Fields<S>;
  };
}

function fail(): never {
  throw new Mismatch();
}
