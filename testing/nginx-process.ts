import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../scripts/build.mjs';
import { NGINX_ADVICE, provideNginx } from '../scripts/nginx.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Milliseconds between two attempts to reach it, and until it must be reachable. */
const TRY_EVERY = 20;
const START_TIMEOUT = 20_000;

/**
 * nginx with the configuration that is shipped (`deploy/nginx/weft.conf`) in front of a server, with TLS by a certificate of its
 * own. Only names, ports and paths are replaced.
 */
export class NginxProcess {
  /** Without a slash at the end. */
  readonly url: string;
  /** The certificate, in PEM, that a client must trust. */
  readonly certificate: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(url: string, certificate: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.certificate = certificate;
    this.#child = child;
    this.#folder = folder;
  }

  /**
   * Starts it in front of a port of this machine. `edits` are what an operator changes besides: what stands in the configuration, and what
   * takes its place. Throws, with advice, if there is no nginx.
   */
  static async start(upstreamPort: number, edits: readonly Edit[] = []): Promise<NginxProcess> {
    const programs = provideNginx((line) => console.log(line));
    if (programs === undefined) throw new Error(NGINX_ADVICE);
    const folder = temporaryFolder();
    const files = { key: path.join(folder, 'key.pem'), certificate: path.join(folder, 'certificate.pem') };
    makeCertificate(programs.openssl, files);
    const [port, plainPort] = [await freePort(), await freePort()];
    writeFileSync(
      path.join(folder, 'weft.conf'),
      shippedConfiguration({ upstreamPort, port, plainPort, logFolder: folder, ...files }, edits),
    );
    writeFileSync(path.join(folder, 'nginx.conf'), frame(folder));
    const child = spawn(programs.nginx, ['-p', folder, '-c', path.join(folder, 'nginx.conf')], { stdio: 'inherit' });
    const certificate = readFileSync(files.certificate, 'utf8');
    const process = new NginxProcess(`https://127.0.0.1:${port}`, certificate, child, folder);
    try {
      await reachable(port, child);
    } catch (error) {
      await process.dispose();
      throw error;
    }
    return process;
  }

  /** Everything logged so far: requests and errors. */
  get log(): string {
    return LOGS.map((name) => readFileSync(path.join(this.#folder, name), 'utf8')).join('');
  }

  /** The address of a document's socket. */
  socketUrl(documentId: string): string {
    return `${this.url.replace('https', 'wss')}/live/${documentId}`;
  }

  /** Sends a request to a path. */
  send(method: string, to: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}${to}`, { method, headers, ca: this.certificate }, (response) => {
        void text(response).then(
          (read) => resolve({ status: response.statusCode!, headers: response.headers, body: read }),
          reject,
        );
      });
      sent.on('error', reject).end(body);
    });
  }

  async dispose(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
  }
}

/** A piece of a configuration, and what takes its place. */
export type Edit = readonly [from: string, to: string];

/** What came back for a request. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const LOGS = ['weft.access.log', 'weft.error.log'];

interface Places {
  readonly logFolder: string;
  readonly upstreamPort: number;
  readonly port: number;
  readonly plainPort: number;
  readonly key: string;
  readonly certificate: string;
}

function shippedConfiguration(
  { upstreamPort, port, plainPort, key, certificate, logFolder }: Places,
  edits: readonly Edit[],
): string {
  const changes: readonly Edit[] = [
    ...edits,
    ['server 127.0.0.1:3000;', `server 127.0.0.1:${upstreamPort};`],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`],
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['/etc/ssl/weft.example.crt', certificate],
    ['/etc/ssl/weft.example.key', key],
    ['/var/log/nginx', logFolder],
  ];
  let configuration = readFileSync(path.join(root, 'deploy/nginx/weft.conf'), 'utf8');
  for (const [from, to] of changes) {
    if (!configuration.includes(from)) throw new Error(`deploy/nginx/weft.conf has no "${from}"`);
    configuration = configuration.replaceAll(from, to);
  }
  return configuration;
}

/** The surrounding nginx.conf, which a system has of its own. */
function frame(folder: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return [
    'daemon off;',
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `pid ${folder}/nginx.pid;`,
    `error_log ${folder}/error.log;`,
    'events {}',
    `http { access_log off; ${temporary.join(' ')} include ${folder}/weft.conf; }`,
  ].join('\n');
}

function makeCertificate(openssl: string, { key, certificate }: { key: string; certificate: string }): void {
  const result = spawnSync(
    openssl,
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=weft.example', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
    ],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) throw new Error(`openssl made no certificate: ${result.stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function reachable(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT;
  while (Date.now() < deadline && child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY));
  }
  throw new Error(`nginx is not reachable (${child.exitCode ?? 'still starting'})`);
}
