import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Pages of somebody who embeds the editor, on a site that is not the server's: `localhost` and 127.0.0.1 are different sites, so cookies of
 * one are third-party cookies on pages of the other.
 */
export class HostPages {
  readonly #pages: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(({ url = '/' }, answer) => {
      const page = this.#pages[Number(url.slice(1))];
      answer.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
      answer.end(page);
    });
  }

  static async start(): Promise<HostPages> {
    const pages = new HostPages();
    pages.#server.listen(0, 'localhost');
    await once(pages.#server, 'listening');
    return pages;
  }

  get #origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Serves a page from now on; returns its address. */
  add(html: string): string {
    this.#pages.push(html);
    return `${this.#origin}/${this.#pages.length - 1}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
