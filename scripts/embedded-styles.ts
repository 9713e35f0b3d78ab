import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

const STYLES = path.join(import.meta.dirname, '../web/embed/stay/styles.ts');
const EDITOR = path.join(import.meta.dirname, '../web/editor/');
/** How Vite's Svelte plugin names the styles of a component. */
const OF_COMPONENT = /^(.*)\.svelte\?svelte&type=style&lang\.css$/;
const QUERY = '?embedded';
/** Names of the scripts that styles become, which neither Vite nor its Svelte plugin takes for something else. */
const PREFIX = '\0embedded:';
const COMPONENT_PREFIX = '\0embedded-component:';

/** What Vite's Svelte plugin keeps of a component. */
interface CompiledStyles {
  readonly svelte?: { readonly css?: { readonly code: string } };
}

/** Pixels of a rem: in the page of a host, the root may have letters of any size. */
const REM = 16;

/**
 * Styles for the pages of others. What our own pages load as style sheets becomes text in scripts, which one constructable sheet takes
 * in; sizes do not depend on the host's root, widths are those of the editor and not of the window, and dark is a choice of the host.
 */
export function embeddedStyles(): Plugin {
  return {
    name: 'weft:embedded-styles',
    enforce: 'pre',
    resolveId(id, importer) {
      const component = OF_COMPONENT.exec(id)?.[1];
      if (component !== undefined) return `${COMPONENT_PREFIX}${component}.js`;
      if (id.endsWith(`.css${QUERY}`) && importer !== undefined)
        return `${PREFIX}${path.resolve(path.dirname(importer), id.slice(0, -QUERY.length))}.js`;
      return undefined;
    },
    async load(id) {
      if (id.startsWith(PREFIX)) {
        const file = id.slice(PREFIX.length, -'.js'.length);
        this.addWatchFile(file);
        return {
          code: `export default ${JSON.stringify(embeddedCss(await readFile(file, 'utf8')))}`,
          moduleType: 'js',
        };
      }
      if (!id.startsWith(COMPONENT_PREFIX)) return undefined;
      const component = this.getModuleInfo(`${id.slice(COMPONENT_PREFIX.length, -'.js'.length)}.svelte`);
      const css = (component?.meta as CompiledStyles | undefined)?.svelte?.css?.code;
      if (css === undefined) this.error(`There are no styles of ${id}`);
      const styles = JSON.stringify(embeddedCss(css));
      return { code: `import { addStyles } from ${JSON.stringify(STYLES)};\naddStyles(${styles});`, moduleType: 'js' };
    },
    transform(code, id) {
      return id.startsWith(EDITOR) && !id.endsWith('.test.ts') ? { code: inPixels(code), map: null } : undefined;
    },
  };
}

/** Styles of our pages as an embedded editor needs them. */
export function embeddedCss(css: string): string {
  return inPixels(css.replaceAll(/\/\*[^]*?\*\//g, ''))
    .replaceAll(/@media\s*\(prefers-color-scheme:\s*dark\)\s*\{/g, '.weft.is-dark {')
    .replaceAll(/@media\s*\(((?:min|max)-width:[^)]*)\)\s*\{/g, '@container weft ($1) {')
    .replaceAll(/:root\b/g, (_, at: number, whole: string) => (isDark(whole, at) ? '&' : '.weft'))
    .replaceAll(/--(ui|reading|measure|radius):([^;]+);/g, (_, name: string, own: string) => {
      return `--${name}: var(--weft-${name === 'reading' ? 'font' : name},${own});`;
    })
    .replaceAll('100dvh', '100cqb')
    .replaceAll(/\s+/g, ' ');
}

/** Sizes in rem become pixels. */
export function inPixels(code: string): string {
  return code.replaceAll(
    /(?<![\w.$]|[\w$-]-)(\d*\.?\d+)rem\b/g,
    (_, size: string) => `${+(Number(size) * REM).toFixed(3)}px`,
  );
}

/** Whether a place stands within the rules for the dark, which nest. */
function isDark(css: string, at: number): boolean {
  const open = css.lastIndexOf('.weft.is-dark {', at);
  if (open < 0) return false;
  const between = css.slice(open, at);
  return between.split('{').length > between.split('}').length;
}
