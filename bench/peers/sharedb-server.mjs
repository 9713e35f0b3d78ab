/** ShareDB with its memory database: `sharedb-server.mjs <port>`, 0 for a free one; prints its address. */
import { createServer } from 'node:http';
import WebSocketJSONStream from '@teamwork/websocket-json-stream';
import { type } from 'ot-text-unicode';
import ShareDB from 'sharedb';
import { WebSocketServer } from 'ws';
import { documentsOverHttp } from './documents-over-http.mjs';

ShareDB.types.register(type);
const backend = new ShareDB();
const connection = backend.connect();
const documentNamed = (id) => connection.get('documents', id);

const http = createServer(
  documentsOverHttp({
    create: (id, text) => called((done) => documentNamed(id).create(text, type.uri, done)),
    read: async (id) => {
      const document = documentNamed(id);
      await called((done) => document.fetch(done));
      return { version: document.version, text: document.data };
    },
  }),
);
new WebSocketServer({ server: http }).on('connection', (socket) => {
  const stream = new WebSocketJSONStream(socket);
  // A connection that is cut is an error to the stream; that of one client must not end the server.
  stream.on('error', () => undefined);
  backend.listen(stream);
});
http.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${http.address().port}`);
});

/** A call with a callback as a promise. */
function called(call) {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}
