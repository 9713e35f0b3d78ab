import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, '../web/styles/tokens.css'), 'utf8');
const controls = readFileSync(path.join(import.meta.dirname, '../web/styles/controls.css'), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
const read = (part: string): Record<string, string> =>
  Object.fromEntries([...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
const THEMES = { light: read(light), dark: { ...read(light), ...read(dark) } };

/** The relative luminance of WCAG 2. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [lower, higher] = [luminance(a), luminance(b)].sort((one, two) => one - two);
  return (higher! + 0.05) / (lower! + 0.05);
}

const GROUNDS = ['page', 'sheet', 'raised', 'sunk'] as const;
const WASHES = ['danger-wash', 'warn-wash', 'accent-wash'] as const;

describe.each(Object.entries(THEMES))('in the %s', (_, theme) => {
  const of = (ink: string, ground: string): number => contrast(theme[ink]!, theme[ground]!);

  it.each(['ink', 'ink-soft', 'ink-faint', 'accent', 'danger', 'warn', 'good'])(
    '%s can be read on every ground',
    (ink) => {
      for (const ground of GROUNDS) expect(of(ink, ground), ground).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(['ink', 'ink-soft', 'ink-faint'])('%s can be read on every wash', (ink) => {
    for (const ground of WASHES) expect(of(ink, ground), ground).toBeGreaterThanOrEqual(4.5);
  });

  it('what is written on the accent can be read, while the pointer is there as well', () => {
    for (const ground of ['accent', 'accent-strong']) expect(of('on-accent', ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('the lines around fields can be seen on every ground', () => {
    for (const ground of GROUNDS) expect(of('line-strong', ground), ground).toBeGreaterThanOrEqual(3);
  });

  it('the line around a button can be seen where its ground is that of the button', () => {
    const [, line = ''] = /\[popover\]\) \{\s*--button-line: var\(--([a-z-]+)\)/.exec(controls) ?? [];
    expect(of(line, 'raised')).toBeGreaterThanOrEqual(3);
  });

  it('lines can be told from what they lie on', () => {
    for (const ground of ['page', 'sheet', 'raised']) expect(of('line', ground), ground).toBeGreaterThanOrEqual(1.2);
  });
});

it('in the dark, where shadows do not show, what is raised is lighter than what it lies on', () => {
  const { raised, sheet, page } = THEMES.dark;
  expect(luminance(raised!)).toBeGreaterThan(luminance(sheet!));
  expect(contrast(raised!, sheet!)).toBeGreaterThanOrEqual(1.19);
  expect(contrast(raised!, page!)).toBeGreaterThanOrEqual(1.19);
});
