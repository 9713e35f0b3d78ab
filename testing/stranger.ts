import { RawClient, type Message, type RawClientOptions } from './raw-client.ts';

/** The answer to a request, with its whole body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined if it is not JSON. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  /** The code of the error in the body. */
  readonly code: string | undefined;
}

/**
 * Somebody who knows only a server's address and docs/protocol.md: speaks HTTP by `fetch`, keeps the session cookie and opens
 * sockets. Shares no code with the product.
 */
export class Stranger {
  readonly #base: string;
  cookie: string | undefined;

  constructor(base: string) {
    this.#base = base;
  }

  /** Somebody with a session of their own. */
  static async guest(base: string, fields: object = {}): Promise<Stranger> {
    const stranger = new Stranger(base);
    await stranger.send('POST', '/api/session', fields);
    if (stranger.cookie === undefined) throw new Error('POST /api/session gave no cookie');
    return stranger;
  }

  /** Sends a request; an object is sent as JSON, a string or bytes as text. */
  async send(
    method: string,
    path: string,
    body?: object | string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const isText = typeof body === 'string' || body instanceof Uint8Array;
    const type = body === undefined ? undefined : isText ? 'text/plain' : 'application/json';
    const response = await fetch(`${this.#base}${path}`, {
      method,
      headers: {
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
        ...headers,
      },
      body: isText
        ? new Blob([typeof body === 'string' ? body : new Uint8Array(body)])
        : body === undefined
          ? null
          : JSON.stringify(body),
    });
    const given = response.headers.getSetCookie().find((cookie) => cookie.startsWith('weft_session='));
    if (given !== undefined) this.cookie = given.split(';')[0];
    // `Response.text` would swallow a BOM.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    const json = response.headers.get('content-type')?.includes('json')
      ? (JSON.parse(text) as Answer['json'])
      : undefined;
    const error = json?.['error'] as { code?: string } | undefined;
    return { status: response.status, headers: response.headers, text, json, code: error?.code };
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Makes a document and returns its id. */
  async makeDocument(fields: object = {}): Promise<string> {
    const { status, json, text } = await this.send('POST', '/api/documents', fields);
    if (status !== 201) throw new Error(`No document was made: ${text}`);
    return json!['id'] as string;
  }

  /** The text and its version, over HTTP. */
  async read(id: string, version?: number): Promise<{ text: string; version: number; timestamp: number }> {
    const answer = await this.get(`/api/documents/${id}/content${version === undefined ? '' : `?version=${version}`}`);
    if (answer.status !== 200) throw new Error(`No text: ${answer.text}`);
    const number = (name: string): number => Number(answer.headers.get(name));
    return { text: answer.text, version: number('weft-version'), timestamp: number('weft-timestamp') };
  }

  /** A socket on a document, with this person's cookie; nothing is sent yet. */
  async open(id: string, options: RawClientOptions = {}): Promise<RawClient> {
    const client = this.dial(id, options);
    await client.opened();
    return client;
  }

  /** A socket that may be refused. */
  dial(id: string, options: RawClientOptions = {}): RawClient {
    const cookie: Record<string, string> = this.cookie === undefined ? {} : { cookie: this.cookie };
    return new RawClient(`${this.#base.replace('http', 'ws')}/live/${id}`, {
      ...options,
      headers: { ...cookie, ...options.headers },
    });
  }

  /** A socket that has joined, and the answer to `join`. */
  async join(
    id: string,
    { join, ...options }: RawClientOptions & { readonly join?: object } = {},
  ): Promise<{ client: RawClient; answer: Message }> {
    const client = await this.open(id, options);
    client.send({ type: 'join', clientId: client.clientId, ...join });
    const answer = await client.next(({ type }) => type === 'document-init' || type === 'document-sync');
    return { client, answer };
  }
}
