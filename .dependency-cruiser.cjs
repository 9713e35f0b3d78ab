/**
 * The dependency rules of docs/architecture.md. Type-only imports count like all others, so a cycle of types is a cycle.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
const TESTS = '(\\.test\\.ts$|-contract\\.ts$|/testing/|/simulation[^/]*\\.ts$|\\.fixture\\.ts$|/manual-clock\\.ts$)';
const PACKAGES = 'node_modules';

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
      from: { path: '^(shared|server|web)/', pathNot: TESTS },
      to: { path: ['^testing/', TESTS] },
    },
    {
      name: 'no development packages at run time',
      comment: 'The server is installed with its dependencies; what only browsers load (idb) is bundled.',
      severity: 'error',
      from: { path: '^(shared|server)/', pathNot: [TESTS] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: `${PACKAGES}/idb/` },
    },

    layer('shared/text', [], 'the algebra stands alone'),
    layer('shared/sync', ['^shared/text/'], 'pure'),
    layer('shared/protocol', ['^shared/text/', `${PACKAGES}/zod/`], 'text and zod'),
    layer(
      'shared/client',
      ['^shared/(text|sync|protocol)/', '^shared/[^/]+\\.ts$', `${PACKAGES}/(@types/)?(idb|ws)/`],
      'the engine',
    ),
    layer('shared', [`${PACKAGES}/(@types/)?(zod|idb|ws)/`], 'shared knows neither end'),
    layer('server', ['^shared/', PACKAGES, '^(node:)?[a-z_/0-9]+$', '^package\\.json$'], 'server and web never meet'),
    layer(
      'server/rooms',
      [
        '^shared/(text|sync|protocol)/',
        '^shared/[^/]+\\.ts$',
        '^server/(access|permissions|viewer)\\.ts$',
        `${PACKAGES}/nanoid/`,
      ],
      'neither Fastify nor SQL nor node:',
    ),
    layer(
      'server/stores',
      ['^shared/', '^server/rooms/', '^server/threads\\.ts$', PACKAGES, '^(node:)?[a-z_/0-9]+$'],
      'SQL and the interfaces it serves, in a thread',
    ),
    layer('web', ['^shared/', PACKAGES], 'server and web never meet'),
    layer('web/editor', ['^shared/', `${PACKAGES}/@(codemirror|lezer)/`], 'a view, without Svelte'),
    layer('web/state', ['^shared/', '^web/[^/]+\\.ts$', `${PACKAGES}/(svelte|idb|uqr)/`], 'without components'),
    layer('e2e', ['^testing/', '^scripts/', PACKAGES, '^(node:)?[a-z_/0-9]+$'], 'sees only what users see'),
    layer('testing', ['^scripts/', PACKAGES, '^(node:)?[a-z_/0-9]+$'], 'starts processes, imports none of their code'),

    {
      name: 'stores take types from rooms',
      severity: 'error',
      from: { path: '^server/stores/', pathNot: TESTS },
      to: { path: '^server/rooms/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'wiring is on top',
      severity: 'error',
      from: { path: '^server/(rooms|stores|routes|plugins)/', pathNot: TESTS },
      to: { path: '^server/(app|main)\\.ts$' },
    },
    reserved('SQL stays in the stores', `${PACKAGES}/better-sqlite3/`, ['^server/stores/', '^scripts/', '^bench/']),
    reserved('CodeMirror stays in the editor', `${PACKAGES}/@(codemirror|lezer)/`, ['^web/editor/', '^bench/']),
    reserved('Fastify stays in the shell', `${PACKAGES}/(@fastify/|fastify)`, [
      '^server/(app|main|parts|errors)\\.ts',
      '^server/(routes|plugins)/',
    ]),
  ],
  options: {
    doNotFollow: { path: PACKAGES },
    exclude: { path: '^(dist|data|playwright-report|test-results|bench/peers)/' },
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
