import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CLOSES, ERRORS } from './errors.ts';
import { CLOSE_REACTIONS, ERROR_REACTIONS, type CloseCode, type ErrorCode } from './reactions.ts';
import { clientMessageSchema, serverMessageSchema } from './messages.ts';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** The cells of every table row whose first cell the pattern matches. */
function rows(first: RegExp, section: string): string[][] {
  const lines = page.slice(page.indexOf(section)).split('\n');
  const begin = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, index) => index > begin && !line.startsWith('|'));
  const cells = lines.slice(begin, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return cells.filter(([cell]) => first.test(cell!));
}

const unquote = (cell: string) => cell.replaceAll('`', '');

describe('docs/protocol.md', () => {
  it('lists exactly the error codes, with status, reaction and meaning', () => {
    const listed = rows(/^`/, '### Error codes').map(([code, ...rest]) => [unquote(code!), ...rest]);
    expect(listed).toEqual(
      Object.entries(ERRORS).map(([code, { status, meaning }]) => [
        code,
        String(status),
        ERROR_REACTIONS[code as ErrorCode],
        meaning,
      ]),
    );
  });

  it('lists exactly the close codes, with reaction and meaning', () => {
    expect(rows(/^\d/, '### Close codes')).toEqual(
      Object.entries(CLOSES).map(([code, { meaning }]) => [code, CLOSE_REACTIONS[Number(code) as CloseCode], meaning]),
    );
  });

  it.each([
    ['Client to server:', clientMessageSchema],
    ['Server to client:', serverMessageSchema],
  ])('%s lists exactly the messages and their fields', (section, schema) => {
    const listed = rows(/^`/, section).map(([type, fields]) => [
      unquote(type!),
      unquote(fields!).split(', ').filter(Boolean).sort(),
    ]);
    const defined = schema.def.options.map(({ shape }) => {
      const { type, ...fields } = shape;
      const names = Object.entries(fields).map(([name, field]) => (field.def.type === 'optional' ? `${name}?` : name));
      return [type.def.values[0], names.sort()];
    });
    expect(new Map(listed as [])).toEqual(new Map(defined as []));
    expect(listed).toHaveLength(defined.length);
  });

  it('gives every rule an id of its own', () => {
    const ids = [...page.matchAll(/^- \*\*([A-Z]\d+)/gm)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(50);
  });
});
