import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';
import { root } from '../scripts/build.mjs';
import { ownEnvironment } from '../kit/own-environment.ts';
import { pack, type Packed } from '../scripts/pack.ts';
import { install, readJson } from './packed.ts';

let folder: string;
let packed: Packed;

beforeAll(() => {
  folder = temporaryFolder();
  packed = pack(folder);
});

/** Runs a program of our own `node_modules` in `cwd`, which must succeed, and returns what it printed. */
function runTool(script: string, options: readonly string[], cwd: string): string {
  const words = [path.join(root, 'node_modules', script), ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd,
    encoding: 'utf8',
    env: ownEnvironment(),
  });
  expect(status, stdout + stderr).toBe(0);
  return stdout;
}

it('the package, unpacked elsewhere, tells its version, starts, and serves the page and the API', async () => {
  const names = packed.files.map((file) => file.path);
  expect(names).toEqual(expect.arrayContaining(['migrations/0001-documents.sql', 'dist/web/index.html', 'LICENSE']));
  // What the test kit shares with our tests is all that is packed of them.
  const ofTests = names.filter((name) => /\.test\.|(^|\/)testing\/|^(server|shared|web|e2e|kit)\//.test(name));
  expect(ofTests.filter((name) => !/\/shared\/testing\/random\.(js|d\.ts)$/.test(name))).toEqual([]);

  execFileSync('tar', ['-xzf', path.join(folder, packed.filename), '-C', folder]);
  const place = path.join(folder, 'package');
  const manifest = JSON.parse(readFileSync(path.join(place, 'package.json'), 'utf8')) as {
    version: string;
    bin: Record<string, string>;
    dependencies: Record<string, string>;
  };
  // Its dependencies alone, as an installation would bring them; what they need themselves lies beside the originals.
  for (const name of Object.keys(manifest.dependencies)) {
    const target = path.join(place, 'node_modules', name);
    mkdirSync(path.dirname(target), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), target);
  }
  const main = path.join(place, manifest.bin['weft']!);
  const data = path.join(folder, 'data');
  const env = { ...ownEnvironment(), PORT: '0', WEFT_DATA: data };
  const weft = (...words: string[]): string =>
    execFileSync(process.execPath, [main, ...words], { cwd: folder, encoding: 'utf8', env });
  expect(weft('--version')).toBe(`${manifest.version}\n`);

  const child = spawn(process.execPath, [main], { cwd: folder, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  await expect.poll(() => output, { timeout: 20_000 }).toMatch(/http:\S+[^]*Ctrl\+C/);
  const [address] = /http:\S+/.exec(output)!;
  const page = await fetch(address);
  const [, script] = /<script[^>]+src="([^"]+)"/.exec(await page.text())!;
  expect([page.status, (await fetch(`${address}${script!}`)).status]).toEqual([200, 200]);
  const made = await fetch(`${address}/api/documents`, { method: 'POST' });
  expect([made.status, existsSync(path.join(data, 'weft.sqlite'))]).toEqual([201, true]);
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  expect(output).not.toContain('"level"');
  expect(JSON.parse(weft('stats', '--json'))).toMatchObject({ documents: 1 });
}, 180_000);

it('publint and attw find nothing wrong with the package', () => {
  const tarball = path.join(folder, packed.filename);
  expect(runTool('publint/src/cli.js', [tarball, '--strict'], folder)).toContain('All good!');
  expect(runTool('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'esm-only'], folder)).toContain(
    'weftdoc',
  );
});

/** Programs of somebody else, one per entry of the package. */
const PROGRAMS = {
  client: `
    import { DocumentSession, SessionEndedError, openBrowserSession, type SessionStatus } from 'weftdoc/client';
    const session: DocumentSession = openBrowserSession({ documentId: 'notes', origin: 'https://weft.example' });
    session.on('change', ({ edit, origin }) => {
      const isRemote: boolean = origin === 'remote';
      const [first]: readonly (number | string)[] = edit;
      return [isRemote, first];
    });
    export const status: SessionStatus = session.status;
    export const saved: Promise<void> = session.whenSaved().catch((error: unknown) => {
      if (!(error instanceof SessionEndedError)) throw error;
    });
    // @ts-expect-error The position comes first.
    export const wrong = () => session.insert('text', 0);
  `,
  fastify: `
    import Fastify from 'fastify';
    import weft, { type WeftOptions } from 'weftdoc/fastify';
    const options: WeftOptions = { data: './documents', origins: ['https://app.example'], guests: false, maxMembers: 10 };
    const app = Fastify();
    app.register(weft, { ...options, prefix: '/weft', jwtSecret: process.env['WEFT_JWT_SECRET'] });
    // @ts-expect-error What our own application adds to requests is not in those of the host.
    app.get('/', (request) => request.requester);
    // @ts-expect-error A number of milliseconds.
    export const wrong: WeftOptions = { shutdownTimeoutMs: '10s' };
  `,
  node: `
    import { openDocument, type OpenDocumentOptions, type Outbox } from 'weftdoc/node';
    export async function type(address: string, options: OpenDocumentOptions, outbox: Outbox): Promise<number> {
      const session = openDocument(address, { ...options, name: 'A script', outbox });
      await session.whenReady();
      session.edit(['text', -1]);
      await session.whenSaved();
      return session.text.length;
    }
    // @ts-expect-error The token is a text, or a function that answers one.
    export const wrong = () => openDocument('', { token: 1 });
  `,
  protocol: `
    import { ERRORS, SUBPROTOCOL, documentSchema, parseServerMessage } from 'weftdoc/protocol';
    import type { ClientMessage, DocumentBody, ErrorCode, ServerMessage } from 'weftdoc/protocol';
    export const ping: ClientMessage = { type: 'ping', nonce: SUBPROTOCOL };
    export const document = (body: unknown): DocumentBody => documentSchema.parse(body);
    export const status = (code: ErrorCode): number => ERRORS[code].status;
    const message: ServerMessage | undefined = parseServerMessage({ type: 'document-meta', title: 'Notes' });
    export const title: string | undefined = message?.type === 'document-meta' ? message.title : undefined;
    // @ts-expect-error There is no such code.
    export const wrong: ErrorCode = 'no_such_code';
  `,
  text: `
    import { ChunkedText, compose, invert, replaceEdit, transform, type Edit, type Operation } from 'weftdoc/text';
    const text: ChunkedText = ChunkedText.from('notes');
    const edit: Edit = compose(replaceEdit(0, 1, 'N'), replaceEdit(5, 5, '!'));
    export const back: ChunkedText = text.apply(edit).apply(invert(edit, text));
    export const other: Edit = transform(edit, [2, -1], 'left');
    export const operation: Operation = { type: 'insert', position: 0, text: 'a' };
    // @ts-expect-error A side is left or right.
    export const wrong: Edit = transform(edit, edit, 'top');
  `,
  token: `
    import { signToken, TokenInputError, type TokenUser } from 'weftdoc/token';
    const user: TokenUser = { id: 'mina', name: 'Mina', documents: [{ id: 'notes', role: 'editor' }] };
    export const token: Promise<string> = signToken(user, 'secret', { expiresIn: '10m' }).catch((error: unknown) => {
      throw error instanceof TokenInputError ? new Error(error.message) : error;
    });
    // @ts-expect-error There is no such role.
    export const wrong: TokenUser = { id: 'mina', name: 'Mina', documents: [{ id: 'notes', role: 'admin' }] };
  `,
  testing: `
    import { expect, test, type Person } from 'weftdoc/testing';
    test.use({ settings: { WEFT_ROOM_IDLE_MS: '1000' } });
    test('types', async ({ weft, openDocument, join, crowd }) => {
      const address: string = await openDocument('text');
      const mina: Person = await join('Mina', { url: address, role: 'viewer', mode: 'view', phone: true });
      const joon = await join('Joon', { embed: (documentUrl) => documentUrl, colorScheme: 'dark' });
      await mina.network.drop();
      const carets: number = (await mina.caretsOf(joon)).length;
      await weft.restart();
      await expect([mina, joon, await crowd(carets)]).toConverge({ text: 'text' });
      await expect([mina, joon]).toSeeEachOther();
      // @ts-expect-error There is no such role.
      await join('Kim', { role: 'king' });
    });
  `,
};
type Entry = keyof typeof PROGRAMS;
/** Entries whose types need those of Node. */
const OF_NODE: readonly Entry[] = ['fastify'];
const ENTRIES = Object.keys(PROGRAMS) as Entry[];
const PLAIN = ENTRIES.filter((entry) => entry !== 'testing');

describe('installed in an empty folder', () => {
  let place: string;
  /** Why npm could not fetch what the package depends on; nothing if it could. */
  let unfetched: string | undefined;

  beforeAll(() => {
    place = path.join(folder, 'installed');
    mkdirSync(place);
    unfetched = install(path.join('..', packed.filename), place);
    // An optional peer, which a project has if it wants `weftdoc/testing`.
    mkdirSync(path.join(place, 'node_modules/@playwright'), { recursive: true });
    for (const name of ['@playwright/test', 'playwright'])
      symlinkSync(path.join(root, 'node_modules', name), path.join(place, 'node_modules', name));
  });

  beforeEach(({ skip }) => skip(unfetched !== undefined, unfetched));

  it('the programs below are all entries of the package', () => {
    const manifest = readJson(path.join(place, 'node_modules/weftdoc/package.json')) as { exports: object };
    // Those that need a page: see package-frameworks.test.ts, and e2e.
    const pages = ['codemirror', 'element', 'frame', 'monaco', 'react', 'svelte', 'textarea', 'vue'];
    const entries = [...ENTRIES, ...pages, 'package.json'].map((entry) => `./${entry}`);
    expect(Object.keys(manifest.exports).sort()).toEqual(entries.sort());
  });

  it.each(ENTRIES)('weftdoc/%s runs in Node', (entry) => {
    const program = `console.log(Object.keys(await import('weftdoc/${entry}')).join(' '))`;
    const options = ['--input-type=module', '--eval', program];
    const names = execFileSync(process.execPath, options, { cwd: place, encoding: 'utf8' });
    const source = readFileSync(path.join(root, 'sdk', `${entry}.ts`), 'utf8');
    const lists = [...source.matchAll(/^export \{([^}]+)\}/gm)].map(([, list]) => list!);
    const values = lists.flatMap((list) => [...list.matchAll(/\w+(?=\s*(?:,|$))/g)].map(([name]) => name));
    expect(names.trim().split(' ')).toEqual([...values].sort());
  });

  it.each([
    ['nodenext', PLAIN, { module: 'NodeNext', lib: ['ES2023'], types: ['node'] }],
    [
      'bundler',
      PLAIN.filter((entry) => !OF_NODE.includes(entry)),
      { module: 'ESNext', lib: ['ES2023', 'DOM'], types: [] },
    ],
    // Playwright's own types know those of browsers and of Node.
    ['nodenext', ['testing'] as const, { module: 'NodeNext', lib: ['ES2023', 'DOM'], types: ['node'] }],
  ])('its types are whole, resolved as by %s (%s)', (moduleResolution, entries, environment) => {
    const programs = path.join(place, `${moduleResolution}-${entries.length}`);
    mkdirSync(programs);
    for (const entry of entries) writeFileSync(path.join(programs, `${entry}.mts`), PROGRAMS[entry]);
    const compilerOptions = {
      ...{ noEmit: true, strict: true, exactOptionalPropertyTypes: true, target: 'ES2022', moduleResolution },
      // Declarations of packages are checked as well, those of the language are not.
      ...{ skipLibCheck: false, skipDefaultLibCheck: true },
      typeRoots: [path.join(root, 'node_modules/@types')],
      ...environment,
    };
    writeFileSync(path.join(programs, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    expect(runTool('typescript/bin/tsc', ['-p', programs], place)).toBe('');
  });

  it('a bundler for browsers takes weftdoc/client, weftdoc/text and weftdoc/token, and finds nothing of Node and of the server in them', async () => {
    const { build: bundle } = await import('vite');
    const bundled = async (name: string, statement: string): Promise<string> => {
      const entry = path.join(place, `${name}.mjs`);
      writeFileSync(entry, statement);
      const options = { write: false, lib: { entry, formats: ['es' as const] } };
      const result = await bundle({ root: place, configFile: false, logLevel: 'silent', build: options });
      if (!Array.isArray(result)) throw new Error('The bundler watches');
      const sources = result[0]!.output[0].moduleIds.filter((id) => id !== entry);
      return [...new Set(sources.map((id) => /^.*node_modules\/([^/]+)/.exec(id)?.[1] ?? id))].sort().join(' ');
    };
    expect(await bundled('all-of-client', `export * from 'weftdoc/client';`)).toBe('idb weftdoc');
    expect(await bundled('all-of-text', `export * from 'weftdoc/text';`)).toBe('weftdoc');
    expect(await bundled('all-of-token', `export * from 'weftdoc/token';`)).toBe('jose weftdoc zod');
  });

  it('npx weftdoc serve starts the server, and the example of docs/clients.md types into a document of it', async () => {
    const words = ['--no-install', 'weftdoc', 'serve', '--port', '0', '--data', 'documents'];
    // In a group of its own, as a shell would start it: npx passes no signal on to what it has started.
    const server = spawn('npx', words, { cwd: place, env: ownEnvironment(), detached: true });
    const signal = (name: NodeJS.Signals): void => void process.kill(-server.pid!, name);
    onTestFinished(() => {
      if (server.exitCode === null && server.signalCode === null) signal('SIGKILL');
    });
    let output = '';
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text: Buffer) => (output += text.toString()));
    await expect.poll(() => output, { timeout: 30_000 }).toMatch(/http:\S+[^]*Ctrl\+C/);
    const [address] = /http:\S+/.exec(output)!;
    const health = await fetch(`${address}/healthz`);
    expect([health.status, existsSync(path.join(place, 'documents/weft.sqlite'))]).toEqual([200, true]);

    const body = JSON.stringify({ title: 'Notes', content: 'By hand.\n', linkAccess: 'edit' });
    const headers = { 'content-type': 'application/json' };
    const made = await fetch(`${address}/api/documents`, { method: 'POST', headers, body });
    const { id } = (await made.json()) as { id: string };
    const example = readFileSync(path.join(root, 'docs/examples/type-and-leave.ts'), 'utf8');
    const [, code] = example.split(/^\/\*\*.*\*\/\n/);
    expect(readFileSync(path.join(root, 'docs/clients.md'), 'utf8')).toContain(`\`\`\`ts\n${code!}\`\`\``);
    writeFileSync(path.join(place, 'type-and-leave.mts'), example);
    const printed = runTool('tsx/dist/cli.mjs', ['type-and-leave.mts', `${address}/d/${id}`, 'By npm'], place);
    expect(printed).toBe('Version 2 of “Notes” has 16 units\n');

    const ended = once(server, 'close');
    signal('SIGTERM');
    await ended;
    expect(output).toContain('Stopping …');
  });

  it('a Fastify application registers the service, and shows the page and documents to users with its tokens', async () => {
    const program = `
      import Fastify from 'fastify';
      import { weft } from 'weftdoc/fastify';
      import { signToken } from 'weftdoc/token';
      const jwtSecret = 'a secret of the host, of thirty-two bytes';
      const app = Fastify({ pluginTimeout: 0 });
      app.get('/weft-token', () => signToken({ id: 'mina', name: 'Mina' }, jwtSecret));
      await app.register(weft, { prefix: '/weft', data: './hosted', jwtSecret, guests: false });
      process.once('SIGTERM', () => app.close());
      console.log(await app.listen({ port: 0, host: '127.0.0.1' }));`;
    writeFileSync(path.join(place, 'host.mjs'), program);
    const host = spawn(process.execPath, ['host.mjs'], { cwd: place, env: ownEnvironment() });
    onTestFinished(() => void host.kill('SIGKILL'));
    let output = '';
    for (const stream of [host.stdout, host.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    await expect.poll(() => output, { timeout: 30_000 }).toMatch(/http:\S+\n/);
    const [address] = /http:\S+/.exec(output)!;
    const page = await fetch(`${address}/weft/`);
    const [, script] = /<script[^>]+src="([^"]+)"/.exec(await page.text())!;
    expect([page.status, script!.startsWith('/weft/'), (await fetch(address + script!)).status]).toEqual([
      200,
      true,
      200,
    ]);
    const authorization = `Bearer ${await (await fetch(`${address}/weft-token`)).text()}`;
    const made = await fetch(`${address}/weft/api/documents`, { method: 'POST', headers: { authorization } });
    expect(made.status).toBe(201);
    const ended = once(host, 'close');
    host.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('npx weftdoc refuses a port that is none, and says so', () => {
    const options = { cwd: place, env: ownEnvironment(), encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync('npx', ['--no-install', 'weftdoc', '--port', '65536'], options);
    expect([status, stderr]).toEqual([1, expect.stringMatching(/PORT must be a whole number from 0 to 65535/)]);
  });
});
