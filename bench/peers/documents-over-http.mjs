/**
 * How the benchmark makes and reads documents on any peer: `POST /` with a text as body answers `{id}`, `GET /<id>` answers
 * `{version, text}`; version is that of the peer, where it has one.
 */
import { randomUUID } from 'node:crypto';

/**
 * @param {{
 *   create: (id: string, text: string) => Promise<void>,
 *   read: (id: string) => Promise<{ version?: number, text: string }>,
 * }} documents
 * @returns {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>}
 */
export function documentsOverHttp({ create, read }) {
  return async (request, response) => {
    try {
      response.end(JSON.stringify(await answer(request)));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  };

  /** @param {import('node:http').IncomingMessage} request */
  async function answer(request) {
    if (request.method !== 'POST') return read((request.url ?? '/').slice(1));
    const id = randomUUID();
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    await create(id, text);
    return { id };
  }
}
