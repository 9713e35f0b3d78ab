/** Somebody who owns documents and changes over HTTP who may do what. */
export class Owner {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** Becomes a guest of the server at an address. */
  static async enter(url: string): Promise<Owner> {
    const response = await fetch(`${url}/api/session`, { method: 'POST' });
    return new Owner(url, response.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  }

  /** Asks something below `/api/documents`, and hands back the answer; undefined where it has no body. Throws where it is refused. */
  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.#url}/api/documents${path}`, {
      method,
      headers: { cookie: this.#cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was refused: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
