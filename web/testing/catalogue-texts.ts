/**
 * The texts of a part of the catalogue, each with its name: strings, and the pieces of what functions put together, where `…` stands
 * for what is put in.
 */
export function textsOf(words: unknown, name: string): (readonly [name: string, text: string])[] {
  if (typeof words === 'string') return [[name, words]];
  if (typeof words === 'function') {
    const pieces = String(words).matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`([^`]*)`/g);
    return [...pieces].map(([, single, double, template]) => [
      name,
      (single ?? double ?? template ?? '').replace(/\$\{[^}]*\}/g, '…'),
    ]);
  }
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, name === '' ? key : `${name}.${key}`));
}
