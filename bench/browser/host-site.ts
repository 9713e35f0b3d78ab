import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

interface HostFile {
  readonly type: string;
  readonly gzipped: Buffer;
}

/**
 * The website of somebody who embeds the editor. It is at `localhost` and the server at 127.0.0.1, which are different sites: storage is that of
 * a third party, and frames are processes of their own.
 */
export class HostSite {
  readonly #files = new Map<string, HostFile>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(({ url = '/' }, response) => {
      const file = this.#files.get(url);
      if (file === undefined) return response.writeHead(404).end();
      // Pages are asked for anew and scripts are kept, as is usual and as our server does.
      const kept = file.type === 'text/html' ? 'no-cache' : 'public, max-age=31536000, immutable';
      const headers = { 'content-encoding': 'gzip', 'cache-control': kept };
      return response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8`, ...headers }).end(file.gzipped);
    });
  }

  /** On a free port. */
  static async start(): Promise<HostSite> {
    const site = new HostSite();
    site.#server.listen(0, 'localhost');
    await once(site.#server, 'listening');
    return site;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Serves a file from now on; returns its address. */
  add(path: string, type: 'text/html' | 'text/javascript', body: string): string {
    this.#files.set(path, { type, gzipped: gzipSync(body) });
    return `${this.origin}${path}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
