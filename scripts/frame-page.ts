import type { OutputChunk, Plugin } from 'rolldown';

/** Makes frame.html, the page of the frame, with links that are relative to the server: the script of the element, and the entry `name`. */
export function framePage(name: string): Plugin {
  return {
    name: 'weft:frame-page',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((file): file is OutputChunk => file.type === 'chunk');
        const entry = chunks.find((chunk) => chunk.isEntry && chunk.name === name);
        if (entry === undefined) return this.error(`The build has no ${name}`);
        this.emitFile({ type: 'asset', fileName: 'frame.html', source: pageOf(entry.fileName) });
      },
    },
  };
}

function pageOf(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="robots" content="noindex" />
    <title>Weft</title>
    <script src="./embed.js" async></script>
    <script type="module" crossorigin src="./${script}"></script>
  </head>
  <body>
    <noscript>Weft is an editor that runs in the browser; it needs JavaScript.</noscript>
  </body>
</html>
`;
}
