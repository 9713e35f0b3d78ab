import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import Host from './Host.vue';

/** The page as a server renders it. */
export function render(given: { document: string; server: string; shows: string; token?: string }): Promise<string> {
  return renderToString(createSSRApp(Host, { ...given, other: '' }));
}
