import { ATTACKER, type Target } from './attack.ts';

/** Somebody at the attacker's address who speaks plain HTTP; with a cookie from `enter` on. */
export class Visitor {
  readonly #target: Target;
  #cookie: Record<string, string> = {};

  constructor(target: Target) {
    this.#target = target;
  }

  /** Headers that say who this is. */
  get headers(): Record<string, string> {
    return { ...ATTACKER, ...this.#cookie };
  }

  /** Becomes a guest. */
  async enter(): Promise<this> {
    const { headers } = await this.ask('POST', '/api/session');
    this.#cookie = { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    return this;
  }

  /** Asks, reads the answer to its end, and hands it back. */
  async ask(method: string, path: string, body?: string): Promise<Response> {
    const response = await fetch(this.#target.url + path, {
      method,
      headers: { ...this.headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
    });
    await response.clone().text();
    return response;
  }

  /** Makes a document; throws where it is refused. */
  async createDocument(content: string): Promise<string> {
    const response = await this.ask('POST', '/api/documents', JSON.stringify({ content }));
    if (response.status !== 201) throw new Error(`A document was refused: ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  }
}
