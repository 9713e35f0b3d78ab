/** y-websocket, in memory: `y-websocket-server.mjs <port>`, 0 for a free one; prints its address. */
import { createServer } from 'node:http';
import { getYDoc, setupWSConnection } from '@y/websocket-server/utils';
import { WebSocketServer } from 'ws';
import { documentsOverHttp } from './documents-over-http.mjs';

const http = createServer(
  documentsOverHttp({
    create: async (id, text) => getYDoc(id).getText('text').insert(0, text),
    read: async (id) => ({ text: getYDoc(id).getText('text').toString() }),
  }),
);
new WebSocketServer({ server: http }).on('connection', (socket, request) => setupWSConnection(socket, request));
http.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${http.address().port}`);
});
