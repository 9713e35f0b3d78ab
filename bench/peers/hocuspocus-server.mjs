/** Hocuspocus with SQLite, as it comes: `hocuspocus-server.mjs <port> <folder>`, port 0 for a free one; prints its address. */
import path from 'node:path';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { Server } from '@hocuspocus/server';
import { documentsOverHttp } from './documents-over-http.mjs';

const answer = documentsOverHttp({
  create: (id, text) => withDocument(id, (document) => document.getText('text').insert(0, text)),
  read: async (id) => {
    let text = '';
    await withDocument(id, (document) => (text = document.getText('text').toString()));
    return { text };
  },
});

const server = new Server({
  address: '127.0.0.1',
  port: Number(process.argv[2] ?? 0),
  quiet: true,
  extensions: [new SQLite({ database: path.join(process.argv[3] ?? '.', 'documents.sqlite') })],
  onRequest: async ({ request, response }) => {
    await answer(request, response);
    // Nothing, thrown: the server answers no further.
    throw undefined;
  },
});

async function withDocument(id, act) {
  const connection = await server.hocuspocus.openDirectConnection(id);
  await connection.transact(act);
  await connection.disconnect();
}

await server.listen();
console.log(`http://127.0.0.1:${server.httpServer.address().port}`);
