import { writtenOptions, type EmbedChoices } from './embed-choices.ts';
import { inAttribute, object, tag } from './code-format.ts';

/** What is embedded, and how. */
export interface Embedding {
  /** `https://host[/path]`. */
  readonly server: string;
  /** The id of the document. */
  readonly document: string;
  readonly title: string;
  readonly choices: EmbedChoices;
  /** The host must say who its visitors are. */
  readonly needsToken: boolean;
}

/** Kinds of pages and programs; a bare frame is told nothing secret, so it has no token. */
export const SNIPPET_KINDS = ['html', 'frame', 'mountFrame', 'react', 'vue', 'svelte', 'sdk'] as const;
export type SnippetKind = (typeof SNIPPET_KINDS)[number];

/** The route of the host that answers with a token; token-routes.ts has it for backends. */
export const TOKEN_PATH = '/weft-token';

const ASK_TOKEN = `async () => (await fetch('${TOKEN_PATH}')).text()`;

/** The kinds that show the document to visitors of such a page. */
export function kindsFor({ needsToken }: Pick<Embedding, 'needsToken'>): readonly SnippetKind[] {
  return SNIPPET_KINDS.filter((kind) => kind !== 'frame' || !needsToken);
}

/** The lines to paste. Only options that differ from the default are written. */
export function snippetOf(kind: SnippetKind, embedding: Embedding): string {
  return WRITERS[kind](embedding).join('\n');
}

const WRITERS: Readonly<Record<SnippetKind, (embedding: Embedding) => readonly string[]>> = {
  html: ({ server, document, choices, needsToken }) => [
    `<script src="${server}/embed.js" async></script>`,
    tag('weft-editor', [`document="${document}"`, ...attributes(choices)], '></weft-editor>'),
    ...(needsToken
      ? ['<script>', `  document.querySelector('weft-editor').token =`, `    ${ASK_TOKEN};`, '</script>']
      : []),
  ],

  frame: ({ server, document, title, choices }) => {
    const query = writtenOptions(choices).map(({ attribute, value }) =>
      value === true ? attribute : `${attribute}=${value}`,
    );
    const address = `${server}/embed/${document}${query.length > 0 ? `?${query.join('&')}` : ''}`;
    const given = [
      `src="${inAttribute(address)}"`,
      `title="${inAttribute(title)}"`,
      'width="100%"',
      'height="480"',
      // A page that withholds where it is would get the browser's own words in place of ours where it may not embed.
      'referrerpolicy="strict-origin"',
    ];
    return [tag('iframe', given, '></iframe>')];
  },

  mountFrame: ({ server, document, choices, needsToken }) => {
    const call = "  Weft.mountFrame(document.getElementById('weft'), ";
    const members = [
      `document: '${document}'`,
      ...writtenOptions(choices).map(({ property, value }) => `${property}: ${value === true ? value : `'${value}'`}`),
      ...(needsToken ? [`token: ${ASK_TOKEN}`] : []),
    ];
    return [
      '<div id="weft"></div>',
      `<script src="${server}/embed.js"></script>`,
      '<script>',
      `${call}${object(members, `${call});`, '  ')});`,
      '</script>',
    ];
  },

  react: (embedding) => [
    "import { WeftEditor } from 'weftdoc/react';",
    '',
    ...(embedding.needsToken ? [`const token = ${ASK_TOKEN};`, ''] : []),
    'export function SharedText() {',
    '  return (',
    tag('WeftEditor', [...props(embedding), ...(embedding.needsToken ? ['token={token}'] : [])], ' />', '    '),
    '  );',
    '}',
  ],

  vue: (embedding) => [
    '<script setup>',
    "import { WeftEditor } from 'weftdoc/vue';",
    ...(embedding.needsToken ? ['', `const token = ${ASK_TOKEN};`] : []),
    '</script>',
    '',
    '<template>',
    tag(
      'WeftEditor',
      [...located(embedding), ...attributes(embedding.choices), ...(embedding.needsToken ? [':token="token"'] : [])],
      ' />',
      '  ',
    ),
    '</template>',
  ],

  svelte: (embedding) => [
    '<script>',
    "  import { WeftEditor } from 'weftdoc/svelte';",
    ...(embedding.needsToken ? ['', `  const token = ${ASK_TOKEN};`] : []),
    '</script>',
    '',
    tag('WeftEditor', [...props(embedding), ...(embedding.needsToken ? ['{token}'] : [])], ' />'),
  ],

  sdk: ({ server, document, needsToken }) => {
    const members = [
      `documentId: '${document}'`,
      `origin: '${server}'`,
      ...(needsToken ? [`token: ${ASK_TOKEN}`] : []),
    ];
    const call = 'const session = openBrowserSession(';
    return [
      "import { openBrowserSession } from 'weftdoc/client';",
      '',
      `${call}${object(members, `${call});`)});`,
      "session.on('change', () => console.log(session.text.toString()));",
      'session.connect();',
    ];
  },
};

/** The options as attributes of HTML, which Vue's templates take, too. */
function attributes(choices: EmbedChoices): string[] {
  return writtenOptions(choices).map(({ attribute, value }) =>
    value === true ? attribute : `${attribute}="${value}"`,
  );
}

/** What is embedded, for what does not know where it came from. */
function located({ server, document }: Embedding): string[] {
  return [`document="${document}"`, `server="${server}"`];
}

/** The same and the options, as props. */
function props(embedding: Embedding): string[] {
  const options = writtenOptions(embedding.choices);
  return [
    ...located(embedding),
    ...options.map(({ property, value }) => (value === true ? property : `${property}="${value}"`)),
  ];
}
