/**
 * Small decoders from which larger ones are made. A decoder returns the value that it was given, without unknown fields, or throws
 * Mismatch. They do for browsers what the schemas of the messages do, without 8 KiB of library.
 */
export type Decoder<T> = (value: unknown) => T;

/** The value is not of the decoder's type. */
export class Mismatch extends Error {}

const ABSENT = Symbol('absent');

export const text: Decoder<string> = (value) => (typeof value === 'string' ? value : fail());
/** A string of at most `max` UTF-16 units. */
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

export function nullable<T>(decode: Decoder<T>): Decoder<T | null> {
  return (value) => (value === null ? null : decode(value));
}

/** A field that may be missing. */
export function optional<T>(decode: Decoder<T>): Decoder<T | undefined> {
  return (value) => (value === undefined ? (ABSENT as never) : decode(value));
}

/** A value that the first decoder takes or, if not, the second. */
export function union<A, B>(one: Decoder<A>, other: Decoder<B>): Decoder<A | B> {
  return (value) => {
    try {
      return one(value);
    } catch {
      return other(value);
    }
  };
}

/** A list of `min` to `max` values. */
export function list<T>(decode: Decoder<T>, { min = 0, max = Infinity } = {}): Decoder<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max) return fail();
    return value.map((one) => decode(one));
  };
}

type Fields<S extends Record<string, Decoder<unknown>>> = { [K in keyof S]: ReturnType<S[K]> };

/** An object with these fields; others are dropped. */
export function object<S extends Record<string, Decoder<unknown>>>(fields: S): Decoder<Fields<S>> {
  const entries = Object.entries(fields);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail();
    const found: Record<string, unknown> = {};
    for (const [name, decode] of entries) {
      const field = decode((value as Record<string, unknown>)[name]);
      if (field !== ABSENT) found[name] = field;
    }
    return found as Fields<S>;
  };
}

function fail(): never {
  throw new Mismatch();
}
