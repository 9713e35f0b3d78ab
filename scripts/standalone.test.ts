import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { OutputChunk } from 'rolldown';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standalone } from './standalone.ts';

describe('a script that stands alone', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'weft-standalone-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Builds files: a script, an entry that shares a module with it, and what both load later. */
  async function chunks(files: Readonly<Record<string, string>>): Promise<Map<string, OutputChunk>> {
    mkdirSync(path.join(folder, 'later'));
    for (const [name, code] of Object.entries(files)) writeFileSync(path.join(folder, name), code);
    const result = await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      plugins: [
        standalone({
          entry: path.join(folder, 'script.js'),
          fileName: 'script.js',
          later: path.join(folder, 'later/'),
        }),
      ],
      build: {
        write: false,
        lib: {
          entry: { script: path.join(folder, 'script.js'), module: path.join(folder, 'module.js') },
          formats: ['es'],
        },
        rolldownOptions: { output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name].js' } },
      },
    });
    const [{ output }] = result as unknown as [{ output: OutputChunk[] }];
    return new Map(output.map((chunk) => [chunk.fileName, chunk]));
  }

  const SHARED = {
    'shared.js': 'export const load = () => import("./later/part.js");',
    'module.js': 'export { load } from "./shared.js";',
    'later/part.js': 'export const part = "part of it";',
  };

  it('imports nothing before it runs, and shares what it loads later', async () => {
    const made = await chunks({
      ...SHARED,
      'script.js': 'import { load } from "./shared.js"; globalThis.loaded = load();',
    });
    const script = made.get('script.js')!;
    expect(script.imports).toEqual([]);
    expect(script.code).not.toMatch(/\b(import|export)\s*[{*]/);
    expect(script.dynamicImports).toEqual(['parts/part.js']);
    expect(made.get('module.js')!.dynamicImports).toEqual(['parts/part.js']);
  });

  it('finds what it loads beside itself, as a classic script and as a module', async () => {
    const made = await chunks({
      ...SHARED,
      'script.js': 'import { load } from "./shared.js"; globalThis.loaded = load();',
    });
    const { code } = made.get('script.js')!;
    expect(code).toContain('import(weftFolder+');
    // Run as the browser runs it, with the import written down instead.
    const asked: string[] = [];
    const run = (currentScript: { src: string } | null): void => {
      const page = { document: { currentScript }, URL, ask: (address: string) => asked.push(address) };
      runInNewContext(code.replaceAll('import(', 'globalThis.ask('), page);
    };
    run({ src: 'https://weft.example/sub/script.js?v=1' });
    run(null);
    expect(asked).toEqual(['https://weft.example/sub/parts/part.js', './parts/part.js']);
  });

  it('asks for all that a part needs at once, and hands the part on', async () => {
    const made = await chunks({
      ...SHARED,
      'script.js': 'globalThis.loaded = import("./later/part.js");',
      'shared.js': 'export const load = () => Promise.all([import("./later/part.js"), import("./later/other.js")]);',
      'later/part.js': 'import { base } from "./base.js"; export const part = `part of ${base}`;',
      'later/other.js': 'import { base } from "./base.js"; export const other = base;',
      'later/base.js': 'export const base = "what both need";',
    });
    const { code } = made.get('script.js')!;
    const asked: string[] = [];
    const ask = (address: string) => Promise.resolve({ address: asked[asked.push(address) - 1] });
    const page = { document: { currentScript: null }, ask, loaded: undefined as unknown };
    runInNewContext(code.replaceAll('import(', 'globalThis.ask('), page);
    expect(asked).toEqual(['./parts/part.js', './parts/base.js']);
    expect(await page.loaded).toEqual({ address: './parts/part.js' });
  });

  it('is refused if it would run again for what it loads', async () => {
    const files = {
      ...SHARED,
      'script.js': 'export const own = 1; globalThis.loaded = import("./later/part.js");',
      'later/part.js': 'import { own } from "../script.js"; export const part = own;',
    };
    await expect(chunks(files)).rejects.toThrow(/script\.js exports|would run again/);
  });
});
