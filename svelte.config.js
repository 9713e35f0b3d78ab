import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess({ script: false }),
  // Nobody asks a page for the version of its framework.
  compilerOptions: { runes: true, discloseVersion: false },
};
