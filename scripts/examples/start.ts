import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer as createListener, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build, createServer } from 'vite';
import { WeftServer } from '../../kit/weft-server.ts';
import { ROOT } from '../run.ts';
import type { Project } from './projects.ts';

const GREETING = 'Everybody who has this text open, in whatever page, writes in it.\n';

/** What runs. */
export interface Examples {
  /** The page of Weft itself with the document that the examples show. */
  readonly documentUrl: string;
  readonly links: readonly { readonly name: string; readonly url: string }[];
  stop(): Promise<void>;
}

/** How something that runs is ended. */
type End = () => Promise<unknown> | void;

/**
 * Starts a Weft with a fresh data folder, whose pages of other origins may be those of the examples alone, makes a document, and starts
 * the examples: on the ports from `port` on, Weft first, or on free ones. When one cannot be started, all are stopped.
 */
export async function startExamples(projects: readonly Project[], port?: number): Promise<Examples> {
  const ends: End[] = [];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const hold = async (offset: number): Promise<HeldPort> => {
      const held = await HeldPort.hold(port === undefined ? 0 : port + offset);
      ends.push(() => held.release());
      return held;
    };
    const own = await hold(0);
    const ports = await Promise.all(projects.map((_, index) => hold(1 + index)));
    const links = projects.map(({ name }, index) => ({ name, url: `http://localhost:${ports[index]!.number}` }));
    const secret = randomBytes(32).toString('base64url');
    const weft = await WeftServer.start({
      port: await own.release(),
      env: { WEFT_ORIGINS: links.map(({ url }) => url).join(','), WEFT_JWT_SECRET: secret },
    });
    ends.push(() => weft.dispose());
    const documentId = await makeDocument(weft.url);
    const env = { WEFT_SERVER: weft.url, WEFT_DOCUMENT: documentId, WEFT_JWT_SECRET: secret };
    // Vite hands them to pages, in place of what their .env says.
    Object.assign(process.env, { VITE_WEFT_SERVER: weft.url, VITE_WEFT_DOCUMENT: documentId });
    for (const [index, project] of projects.entries())
      ends.push(
        await startProject(project, await ports[index]!.release(), env).catch((error: unknown) =>
          explain(project, error),
        ),
      );
    return { documentUrl: `${weft.url}/d/${documentId}`, links, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function explain({ name }: Project, error: unknown): never {
  throw new Error(`The example ${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
}

async function startProject(
  { name, folder, hasServer, hasPage }: Project,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<End> {
  if (!hasServer) {
    const server = { host: '127.0.0.1', port, strictPort: true, fs: { allow: [ROOT] } };
    const vite = await createServer({ root: folder, server, logLevel: 'warn', clearScreen: false });
    await vite.listen();
    return () => vite.close();
  }
  if (hasPage) await build({ root: folder, logLevel: 'warn' });
  const data = mkdtempSync(path.join(tmpdir(), `weft-example-${name}-`));
  const child = spawn(process.execPath, ['server.js'], {
    cwd: folder,
    env: { ...process.env, ...env, PORT: String(port), WEFT_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = once(child, 'close');
  const end = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (/^Open http/m.test(output)) resolve();
      });
    void ended.then(() => reject(new Error(`it ended. Its output:\n${output}`)));
  });
  return end;
}

/** Makes a document that everybody who has its address may edit; returns its id. */
async function makeDocument(server: string): Promise<string> {
  const answer = await fetch(`${server}/api/documents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Examples', content: GREETING, linkAccess: 'edit' }),
  });
  if (!answer.ok) throw new Error(`Weft made no document: ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/** A port that is held until whoever listens there is about to start: others may take any free one meanwhile. */
class HeldPort {
  readonly #listener: Server;
  readonly number: number;

  private constructor(listener: Server) {
    this.#listener = listener;
    this.number = (listener.address() as AddressInfo).port;
  }

  /** Holds a port, or a free one for 0. Rejects if it is taken. */
  static async hold(port: number): Promise<HeldPort> {
    const listener = createListener().listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return new HeldPort(listener);
  }

  async release(): Promise<number> {
    if (this.#listener.listening) await promisify(this.#listener.close.bind(this.#listener))();
    return this.number;
  }
}
