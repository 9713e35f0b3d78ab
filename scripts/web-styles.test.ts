import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** The styles of the page work from right to left, in faces without odd weights, and never fade colours. */

const ROOT = path.dirname(import.meta.dirname);

interface Declaration {
  readonly property: string;
  readonly value: string;
}

const PHYSICAL_PROPERTY =
  /^((scroll-)?(margin|padding)-(left|right)|border-(left|right)(-.*)?|border-(top|bottom)-(left|right)-radius|left|right)$/;
/** Values of four parts, of which the second is right and the last left. */
const FOUR_SIDES = /^((scroll-)?(margin|padding)|inset)$/;

/** What is wrong with a declaration; undefined if nothing is. */
function faultOf({ property, value }: Declaration): string | undefined {
  if (PHYSICAL_PROPERTY.test(property)) return 'left and right are not the same for everybody';
  if (/^(text-align|float|clear)$/.test(property) && /^(left|right)$/.test(value)) return 'say start or end';
  const parts = partsOf(value);
  if (FOUR_SIDES.test(property) && parts.length === 4 && parts[1] !== parts[3]) return 'right and left differ';
  if (property === 'border-radius' && !isSymmetrical(parts)) return 'right and left differ';
  if (/^font(-weight)?$/.test(property) && /(^|\s)\d?(?!00\b)\d\d(?=\s|$)/.test(value))
    return 'no face has this weight';
  const faded = property === 'transition' ? value.split(/,(?![^(]*\))/).map((one) => partsOf(one)[0]!) : [];
  if (!faded.every((one) => CALM.test(one))) return 'a theme that changes would show ink and ground alike for a while';
  return undefined;
}

/** What may fade or move. */
const CALM = /^(opacity|visibility|transform|translate|scale|rotate|none)$/;

/** The parts of a value, functions being one. */
function partsOf(value: string): string[] {
  return value.match(/(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
}

function isSymmetrical([topLeft, topRight, bottomRight, bottomLeft]: readonly string[]): boolean {
  if (topRight === undefined || topRight === topLeft) return bottomRight === bottomLeft || bottomLeft === undefined;
  return false;
}

/** The declarations of a style sheet, of the style of a component, or of a theme of the editor. */
function declarationsOf(file: string, source: string): Declaration[] {
  if (file.endsWith('.ts')) {
    return [...source.matchAll(/\b([a-z][A-Za-z]+): '([^'\n]*)'/g)].map(([, name, value]) => ({
      property: name!.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value: value!,
    }));
  }
  const styles = file.endsWith('.css') ? source : (/<style>([^]*)<\/style>/.exec(source)?.[1] ?? '');
  const plain = styles.replace(/\/\*[^]*?\*\//g, '');
  return [...plain.matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])/g)].map(([, property, value]) => ({
    property: property!,
    value: value!.replace(/\s+/g, ' ').trim(),
  }));
}

/** What draws at places that are computed from the text, which count from the left. */
const COMPUTED = /^web\/editor\/carets\//;

function faultsOf(file: string, source: string): string[] {
  return declarationsOf(file, source).flatMap((declaration) => {
    const isComputed = COMPUTED.test(file) && /^(margin-)?left$/.test(declaration.property);
    const fault = isComputed ? undefined : faultOf(declaration);
    return fault === undefined ? [] : [`${file}: ${declaration.property}: ${declaration.value}: ${fault}`];
  });
}

it('all styles of the page', () => {
  const files = readdirSync(path.join(ROOT, 'web'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(css|svelte)$/.test(name) || (name.startsWith('editor') && /(?<!\.test)\.ts$/.test(name)))
    .map((name) => path.posix.join('web', name));
  expect(files.length).toBeGreaterThan(60);
  expect(files.flatMap((file) => faultsOf(file, readFileSync(path.join(ROOT, file), 'utf8')))).toEqual([]);
});

it.each([
  'margin-left: 1px',
  'padding: 0 1px 0 2px',
  'border-right: 1px solid',
  'left: 50%',
  'text-align: left',
  'border-radius: 1px 2px 2px 1px',
  'inset: auto 0 auto auto',
  'font-weight: 550',
  'font: 650 var(--text-s) / 1.5 var(--ui)',
  'transition: opacity 1s, color var(--quick)',
  'transition: background 120ms cubic-bezier(0.2, 0, 0, 1)',
])('%s is seen', (line) => {
  expect(faultsOf('web/one.css', `a:hover { color: red; ${line}; }`)).toHaveLength(1);
});

it.each([
  'margin-inline-start: 1px',
  'padding: 0 1px 2px 1px',
  'inset: auto 0 0',
  'inset: auto calc(50% - (1px + 2px)) 0 calc(50% - (1px + 2px))',
  'text-align: start',
  'border-radius: 1px 1px 0 0',
  'font: 500 13px / 1.5 var(--ui)',
  'font-weight: var(--weight)',
  'transition: opacity 200ms cubic-bezier(0.2, 0, 0, 1), transform var(--calm)',
])('%s is right', (line) => {
  expect(faultsOf('web/one.css', `a:hover { color: red; ${line}; }`)).toEqual([]);
});

it('themes of the editor are read as well', () => {
  expect(faultsOf('web/editor/one.ts', `{ marginLeft: '2px', fontWeight: '650', paddingInline: '0' }`)).toHaveLength(2);
});
