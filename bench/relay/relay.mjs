/**
 * The bare relay that everything is compared with: it parses a change, stamps it with a version, and sends one shared frame per
 * reader and turn of the event loop. It checks nothing, transforms nothing and keeps no text. With `--durable FOLDER` the changes
 * of a turn are synced to SQLite (WAL, synchronous=FULL) before they are sent. Plain JavaScript, so that nothing else runs in
 * its process.
 */
import { createServer } from 'node:http';
import path from 'node:path';
import Database from 'better-sqlite3';
import { WebSocketServer } from 'ws';

/**
 * @typedef {object} RelayDocument
 * @property {string} id
 * @property {number} version
 * @property {Set<import('ws').WebSocket>} readers
 * @property {string[]} log every change as it was sent
 * @property {string[]} fresh changes of this turn
 */

const folder = process.argv[2] === '--durable' ? process.argv[3] : undefined;
const persist = folder === undefined ? undefined : openLog(folder);

/** @type {Map<string, RelayDocument>} */
const documents = new Map();
/** @type {Set<RelayDocument>} */
const dirty = new Set();

const http = createServer((request, response) => {
  const id = path.basename(request.url ?? '');
  if (request.method === 'POST') {
    const name = String(documents.size + 1);
    documents.set(name, { id: name, version: 0, readers: new Set(), log: [], fresh: [] });
    response.end(JSON.stringify({ id: name }));
  } else {
    response.end(JSON.stringify({ version: documents.get(id)?.version ?? 0 }));
  }
});

const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
sockets.on('connection', (socket, request) => {
  const document = documents.get(path.basename(request.url ?? ''));
  if (document === undefined) return socket.close(4404);
  socket.on('message', (data) => take(document, socket, JSON.parse(String(data))));
  socket.on('close', () => document.readers.delete(socket));
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (address !== null && typeof address === 'object') console.log(`http://127.0.0.1:${address.port}`);
});
process.on('SIGTERM', () => process.exit(0));

/**
 * @param {RelayDocument} document
 * @param {import('ws').WebSocket} socket
 * @param {{ type: string, by: string, version?: number, operations?: unknown }} message
 */
function take(document, socket, message) {
  if (message.type === 'join') {
    flush();
    const missed = message.version === undefined ? '' : document.log.slice(message.version).join(',');
    socket.send(`{"type":"sync","version":${document.version},"updates":[${missed}]}`);
    document.readers.add(socket);
    return;
  }
  if (dirty.size === 0) setImmediate(flush);
  dirty.add(document);
  document.version += 1;
  const { by, operations } = message;
  document.fresh.push(
    JSON.stringify({ type: 'update', version: document.version, timestamp: Date.now(), by, operations }),
  );
}

/** The end of a turn: what came in goes out, after it was synced. */
function flush() {
  persist?.([...dirty]);
  for (const document of dirty) {
    document.log.push(...document.fresh);
    const frame = Buffer.from(`[${document.fresh.join(',')}]`);
    document.fresh = [];
    for (const reader of document.readers) reader.send(frame, { binary: false });
  }
  dirty.clear();
}

/** @param {string} place */
function openLog(place) {
  const database = new Database(path.join(place, 'relay.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table log (document text, version integer, changes text, primary key (document, version))');
  const insert = database.prepare('insert into log values (?, ?, ?)');
  return database.transaction((/** @type {RelayDocument[]} */ changed) => {
    for (const { id, version, fresh } of changed) if (fresh.length > 0) insert.run(id, version, fresh.join('\n'));
  });
}
