import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

/** Bundles `page/NAME.ts` into one classic script. */
export async function bundlePageScript(name: 'probe' | 'empty-editor'): Promise<string> {
  const entry = fileURLToPath(new URL(`page/${name}.ts`, import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [first] = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  const chunk = first?.output.find((one) => one.type === 'chunk');
  if (chunk === undefined) throw new Error(`page/${name}.ts did not become a script`);
  return chunk.code;
}
