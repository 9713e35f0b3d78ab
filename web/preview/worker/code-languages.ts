import type { LanguageFn } from 'highlight.js';
import { createLowlight } from 'lowlight';
import type { PreviewNode } from './preview-tree.ts';

/** UTF-16 units; longer code has no colours. */
const LONGEST_CODE = 50_000;

type Loader = () => Promise<{ default: LanguageFn }>;

/** The languages that have colours, with their other names; each is loaded when it first occurs. */
const LANGUAGES: Readonly<Record<string, readonly [load: Loader, ...names: string[]]>> = {
  bash: [() => import('highlight.js/lib/languages/bash'), 'sh', 'zsh', 'shell', 'console'],
  c: [() => import('highlight.js/lib/languages/c'), 'h'],
  cpp: [() => import('highlight.js/lib/languages/cpp'), 'c++', 'cc', 'hpp'],
  csharp: [() => import('highlight.js/lib/languages/csharp'), 'cs', 'c#'],
  css: [() => import('highlight.js/lib/languages/css')],
  diff: [() => import('highlight.js/lib/languages/diff'), 'patch'],
  dockerfile: [() => import('highlight.js/lib/languages/dockerfile'), 'docker'],
  elixir: [() => import('highlight.js/lib/languages/elixir'), 'ex', 'exs'],
  go: [() => import('highlight.js/lib/languages/go'), 'golang'],
  graphql: [() => import('highlight.js/lib/languages/graphql'), 'gql'],
  haskell: [() => import('highlight.js/lib/languages/haskell'), 'hs'],
  ini: [() => import('highlight.js/lib/languages/ini'), 'toml'],
  java: [() => import('highlight.js/lib/languages/java')],
  javascript: [() => import('highlight.js/lib/languages/javascript'), 'js', 'jsx', 'mjs', 'cjs'],
  json: [() => import('highlight.js/lib/languages/json'), 'jsonc', 'json5'],
  kotlin: [() => import('highlight.js/lib/languages/kotlin'), 'kt'],
  latex: [() => import('highlight.js/lib/languages/latex'), 'tex'],
  lua: [() => import('highlight.js/lib/languages/lua')],
  makefile: [() => import('highlight.js/lib/languages/makefile'), 'make', 'mk'],
  markdown: [() => import('highlight.js/lib/languages/markdown'), 'md'],
  nginx: [() => import('highlight.js/lib/languages/nginx')],
  perl: [() => import('highlight.js/lib/languages/perl'), 'pl'],
  php: [() => import('highlight.js/lib/languages/php')],
  powershell: [() => import('highlight.js/lib/languages/powershell'), 'ps1'],
  python: [() => import('highlight.js/lib/languages/python'), 'py'],
  r: [() => import('highlight.js/lib/languages/r')],
  ruby: [() => import('highlight.js/lib/languages/ruby'), 'rb'],
  rust: [() => import('highlight.js/lib/languages/rust'), 'rs'],
  scss: [() => import('highlight.js/lib/languages/scss'), 'sass', 'less'],
  sql: [() => import('highlight.js/lib/languages/sql')],
  swift: [() => import('highlight.js/lib/languages/swift')],
  typescript: [() => import('highlight.js/lib/languages/typescript'), 'ts', 'tsx', 'mts', 'cts'],
  xml: [() => import('highlight.js/lib/languages/xml'), 'html', 'svg', 'svelte', 'vue'],
  yaml: [() => import('highlight.js/lib/languages/yaml'), 'yml'],
};

const byName = new Map(
  Object.entries(LANGUAGES).flatMap(([language, [, ...names]]) => [language, ...names].map((name) => [name, language])),
);
const lowlight = createLowlight();

/** Loads the languages of the code in some markup. What cannot be loaded has no colours. */
export async function loadLanguagesOf(html: string): Promise<void> {
  const names = [...html.matchAll(/class="language-([^"\s]+)"/g)].map(([, name]) => byName.get(name!.toLowerCase()));
  await Promise.all(
    [...new Set(names)].map(async (language) => {
      if (language === undefined || lowlight.registered(language)) return;
      const loaded = await LANGUAGES[language]![0]().catch(() => undefined);
      if (loaded !== undefined) lowlight.register(language, loaded.default);
    }),
  );
}

/** Code in pieces with classes for its colours; undefined if its language is not known or not loaded, or it is too long. */
export function highlighted(name: string, code: string): PreviewNode[] | undefined {
  const language = byName.get(name.toLowerCase());
  if (language === undefined || !lowlight.registered(language) || code.length > LONGEST_CODE) return undefined;
  return lowlight.highlight(language, code, { prefix: 'code-' }).children.flatMap(piece);
}

type Piece = ReturnType<typeof lowlight.highlight>['children'][number];

function piece(node: Piece): PreviewNode[] {
  if (node.type === 'text') return [node.value];
  if (node.type !== 'element') return [];
  const { className } = node.properties;
  const attributes = { class: Array.isArray(className) ? className.join(' ') : '' };
  return [{ tag: 'span', attributes, children: (node.children as Piece[]).flatMap(piece) }];
}
