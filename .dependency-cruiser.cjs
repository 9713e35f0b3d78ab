/**
 * The dependency rules of docs/architecture.md. Type-only imports count like all others, so a cycle of types is a cycle.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
const TESTS = '(\\.test\\.ts$|-contract\\.ts$|^testing/|/testing/|/simulation/|/acceptance/)';
const PACKAGES = 'node_modules';
const NODE = '^(node:)?[a-z_/0-9]+$';

/** Code (not tests) in `path` may import only what `allowed` matches. */
function layer(path, allowed, comment) {
  return {
    name: `layer ${path}`,
    comment,
    severity: 'error',
    from: { path: `^${path}`, pathNot: TESTS },
    to: { pathNot: [`^${path}`, ...allowed] },
  };
}

/** The folders in `path`, from the top down: code in one of them may import from those below it. '' is `path` itself. */
function downwards(path, folders) {
  const at = (folder) => (folder === '' ? `^${path}/[^/]+$` : `^${path}/${folder}/`);
  return folders.slice(1).map((folder, index) => ({
    name: `${path}/${folder} imports downwards`,
    severity: 'error',
    from: { path: at(folder), pathNot: TESTS },
    to: { path: folders.slice(0, index + 1).map(at), pathNot: TESTS },
  }));
}

/** Only code in `owners` may import what `path` matches. */
function reserved(name, path, owners) {
  return { name, severity: 'error', from: { pathNot: [...owners, TESTS, '^e2e/', PACKAGES] }, to: { path } };
}

module.exports = {
  forbidden: [
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no barrels', severity: 'error', from: {}, to: { path: '/index\\.(ts|js)$', pathNot: PACKAGES } },
    {
      name: 'everything resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?|^virtual:' },
    },
    {
      name: 'no test code in the product',
      severity: 'error',
      from: { path: '^(shared|sdk|server|web)/', pathNot: TESTS },
      to: { path: ['^testing/', TESTS] },
    },
    {
      name: 'no development packages at run time',
      comment: 'The package is installed with its dependencies alone.',
      severity: 'error',
      from: { path: '^(shared|sdk|server)/', pathNot: [TESTS] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },

    layer('shared/text', [], 'the algebra stands alone'),
    layer('shared/sync', ['^shared/text/'], 'pure'),
    layer('shared/protocol', ['^shared/text/', `${PACKAGES}/zod/`], 'text and zod'),
    layer(
      'shared/client',
      ['^shared/(text|sync|protocol)/', '^shared/[^/]+\\.ts$', `${PACKAGES}/(@types/)?(idb|ws)/`],
      'the engine',
    ),
    layer('shared/token', ['^shared/protocol/', `${PACKAGES}/(jose|zod)/`], 'for backends of hosts'),
    layer('shared', [`${PACKAGES}/(@types/)?(zod|idb|ws|jose)/`], 'shared knows neither end'),
    ...downwards('shared/client', ['', 'connection', 'document', 'outbox', 'transport', 'events']),

    layer(
      'sdk',
      ['^shared/', '^kit/', '^web/(embed|bindings)/', '^server/hosted/'],
      'what the package exports: only re-exports',
    ),
    {
      name: 'only the plugin reaches the server',
      severity: 'error',
      from: { path: '^sdk/', pathNot: ['^sdk/fastify\\.ts$', TESTS] },
      to: { path: '^server/' },
    },
    {
      name: 'nobody imports the exports',
      severity: 'error',
      from: { path: '^(shared|sdk|server|web)/', pathNot: TESTS },
      to: { path: '^sdk/' },
    },

    layer('server', ['^shared/', PACKAGES, NODE, '^package\\.json$'], 'server and web never meet'),
    ...downwards('server', [
      '',
      'commands',
      'hosted',
      'app',
      'transports',
      'routes',
      'sharing',
      'plugins',
      'tokens',
      'setup',
      'rooms',
      'limits',
      'access',
      'stores',
      'bus',
      'base',
    ]),
    ...downwards('server/rooms', ['', 'session', 'room', 'presence', 'parts', 'commit', 'services', 'frames']),
    ...downwards('server/stores/sqlite', ['', 'thread', 'upkeep', 'compaction', 'search', 'database', 'tables', 'log']),
    layer(
      'server/rooms',
      [
        '^shared/(text|sync|protocol)/',
        '^shared/[^/]+\\.ts$',
        '^server/(limits|access|stores|bus|base)/',
        `${PACKAGES}/nanoid/`,
      ],
      'neither Fastify nor SQL nor node:',
    ),
    reserved('stores are opened on top', '^server/stores/[^/]+/', [
      '^server/stores/',
      '^server/(app|commands)/',
      '^(scripts|bench)/',
    ]),

    {
      name: 'the contract of a store knows no store',
      severity: 'error',
      from: { path: '^server/stores/[^/]+-contract\\.ts$' },
      to: { path: '^server/stores/(?!testing/)[^/]+/', reachable: true },
    },

    layer('web', ['^shared/', '^virtual:', PACKAGES], 'server and web never meet'),
    ...downwards('web', [
      '',
      'gallery',
      'pages',
      'bindings',
      'embed',
      'document',
      'home',
      'preview',
      'share',
      'embedding',
      'links',
      'commands',
      'settings',
      'people',
      'app',
      'ui',
      'editor',
      'words',
    ]),
    ...downwards('web/preview', ['', 'worker']),
    ...downwards('web/embed', ['element', 'editor', 'chrome', 'stay']),
    ...downwards('web/document', ['', 'tabs', 'bands', 'frame', 'status']),
    ...downwards('web/editor', ['', 'search', 'markdown', 'files', 'binding', 'carets', 'place', 'keys']),
    layer('web/editor', ['^shared/', '^web/words/', `${PACKAGES}/@(codemirror|lezer)/`], 'a view, without Svelte'),
    {
      name: 'code does not know components',
      severity: 'error',
      from: {
        path: '^web/.*\\.ts$',
        pathNot: [
          '^web/main\\.ts$',
          '^web/gallery/',
          '^web/document/tabs/',
          '^web/bindings/svelte/',
          '^web/embed/chrome/',
        ],
      },
      to: { path: '\\.svelte$' },
    },

    layer(
      'kit',
      ['^shared/client/node\\.ts$', '^shared/testing/random\\.ts$', `${PACKAGES}/@?playwright`, NODE],
      'the engine as anybody gets it; the rest of the product it sees as users do',
    ),
    layer(
      'e2e',
      [
        '^sdk/testing\\.ts$',
        '^testing/',
        '^web/embed/contract\\.ts$',
        '^scripts/',
        '^playwright\\.config\\.ts$',
        PACKAGES,
        NODE,
      ],
      'sees only what users see',
    ),
    layer(
      'testing',
      ['^shared/testing/', '^kit/(weft-server|own-environment)\\.ts$', '^scripts/', PACKAGES, NODE],
      'starts processes, imports none of their code',
    ),

    reserved('SQL stays in the stores', `${PACKAGES}/better-sqlite3/`, ['^server/stores/', '^scripts/', '^bench/']),
    reserved('CodeMirror stays in the editor', `${PACKAGES}/@(codemirror|lezer)/`, [
      '^web/editor/',
      '^web/bindings/',
      '^bench/',
    ]),
    reserved('React stays in its binding', `${PACKAGES}/(@types/)?react(-dom)?/`, ['^web/bindings/react/']),
    reserved('Vue stays in its binding', `${PACKAGES}/(@vue|vue)/`, ['^web/bindings/vue/']),
    reserved('Fastify stays in the shell', `${PACKAGES}/(@fastify/|fastify)`, [
      '^server/(hosted|app|routes|transports|plugins)/',
    ]),
  ],
  options: {
    doNotFollow: { path: PACKAGES },
    // Projects of hosts and the examples import the package as it is built; testing/examples.test.ts looks at what they import.
    exclude: { path: '^(dist|data|playwright-report|test-results|bench/peers|e2e/hosts|examples)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte', '.json', '.css'],
    },
  },
};
