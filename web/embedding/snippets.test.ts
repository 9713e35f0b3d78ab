import { compile } from 'svelte/compiler';
import { parseAst } from 'vite';
import { expect, it } from 'vitest';
import type { EmbedOptions } from '../embed/contract.ts';
import { DEFAULTS, type EmbedChoices } from './embed-choices.ts';
import { kindsFor, SNIPPET_KINDS, snippetOf, type Embedding } from './snippets.ts';

const plain: Embedding = {
  server: 'https://weft.example/weft',
  document: '7hQ2mVx0',
  title: 'Autumn "release" & <more>',
  choices: DEFAULTS,
  needsToken: false,
};
const all: EmbedChoices = {
  mode: 'view',
  theme: 'dark',
  presence: 'none',
  toolbar: 'off',
  status: 'off',
  lineNumbers: true,
};

it('offers what every editor takes', () => {
  const options: EmbedOptions = { document: plain.document, ...all };
  expect(Object.keys(options)).toEqual(['document', ...Object.keys(DEFAULTS)]);
});

it('has two lines for any page, and writes nothing that is a default', () => {
  expect(snippetOf('html', plain)).toBe(
    '<script src="https://weft.example/weft/embed.js" async></script>\n<weft-editor document="7hQ2mVx0"></weft-editor>',
  );
});

it.each([
  [{ mode: 'view' }, 'mode="view"'],
  [{ theme: 'dark' }, 'theme="dark"'],
  [{ theme: 'light' }, 'theme="light"'],
  [{ presence: 'none' }, 'presence="none"'],
  [{ presence: 'carets' }, 'presence="carets"'],
  [{ toolbar: 'off' }, 'toolbar="off"'],
  [{ status: 'off' }, 'status="off"'],
  [{ lineNumbers: true }, 'line-numbers'],
] as const)('writes %j as %s, and that alone', (change, attribute) => {
  expect(snippetOf('html', { ...plain, choices: { ...DEFAULTS, ...change } })).toContain(
    `<weft-editor document="7hQ2mVx0" ${attribute}></weft-editor>`,
  );
});

it('writes the options into the address of a frame, and names it', () => {
  expect(snippetOf('frame', { ...plain, choices: { ...DEFAULTS, mode: 'view', lineNumbers: true } })).toBe(
    `<iframe
  src="https://weft.example/weft/embed/7hQ2mVx0?mode=view&amp;line-numbers"
  title="Autumn &quot;release&quot; &amp; &lt;more&gt;"
  width="100%"
  height="480"
  referrerpolicy="strict-origin"
></iframe>`,
  );
});

it('has no bare frame where visitors need a token, which an address must not hold', () => {
  expect(kindsFor({ needsToken: true })).toEqual(SNIPPET_KINDS.filter((kind) => kind !== 'frame'));
  expect(kindsFor({ needsToken: false })).toEqual(SNIPPET_KINDS);
});

it.each(kindsFor({ needsToken: true }))(
  'asks the host for a token if visitors need one, and not otherwise: %s',
  (kind) => {
    const asks = "async () => (await fetch('/weft-token')).text()";
    expect(snippetOf(kind, { ...plain, needsToken: true })).toContain(asks);
    expect(snippetOf(kind, plain)).not.toContain('token');
  },
);

it('writes props for React', () => {
  expect(snippetOf('react', { ...plain, choices: { ...DEFAULTS, lineNumbers: true }, needsToken: true }))
    .toBe(`import { WeftEditor } from 'weftdoc/react';

const token = async () => (await fetch('/weft-token')).text();

export function SharedText() {
  return (
    <WeftEditor
      document="7hQ2mVx0"
      server="https://weft.example/weft"
      lineNumbers
      token={token}
    />
  );
}`);
});

it('writes attributes for Vue', () => {
  const choices: EmbedChoices = { ...DEFAULTS, theme: 'dark', lineNumbers: true };
  expect(snippetOf('vue', { ...plain, choices, needsToken: true })).toBe(`<script setup>
import { WeftEditor } from 'weftdoc/vue';

const token = async () => (await fetch('/weft-token')).text();
</script>

<template>
  <WeftEditor
    document="7hQ2mVx0"
    server="https://weft.example/weft"
    theme="dark"
    line-numbers
    :token="token"
  />
</template>`);
});

const EVERY = [plain, { ...plain, choices: all }, { ...plain, choices: all, needsToken: true }];

it.each(EVERY)('writes Svelte that compiles without a warning: %j', (embedding) => {
  const { warnings } = compile(snippetOf('svelte', embedding), { generate: 'client' });
  expect(warnings).toEqual([]);
});

it.each(EVERY)('writes JavaScript that parses: %j', (embedding) => {
  const scripts = [
    snippetOf('sdk', embedding),
    ...[...snippetOf('mountFrame', embedding).matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script!),
    ...[...snippetOf('html', embedding).matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script!),
  ];
  expect(scripts.length).toBe(embedding.needsToken ? 3 : 2);
  for (const script of scripts) expect(parseAst(script).body.length).toBeGreaterThan(0);
  expect(parseAst(snippetOf('react', embedding), { lang: 'jsx' }).body.length).toBeGreaterThan(1);
});

it.each(EVERY)('has no line that is too long to be read, but for addresses: %j', (embedding) => {
  for (const kind of SNIPPET_KINDS.filter((one) => one !== 'frame'))
    for (const line of snippetOf(kind, embedding).split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
});
