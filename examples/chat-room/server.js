import express from 'express';
import { signToken } from 'weftdoc/token';

// The secret that Weft has too (WEFT_JWT_SECRET there), and its address.
const { WEFT_JWT_SECRET: secret, WEFT_SERVER: server = 'http://localhost:3000' } = process.env;
if (!secret) throw new Error('Set WEFT_JWT_SECRET to that of Weft; see README.md');

/** The document of each room, by its name; your application would keep them in its database. */
const rooms = new Map();

async function makeDocument(title) {
  const token = await signToken({ id: 'chat-room', name: 'The chat room' }, secret);
  const answer = await fetch(`${server}/api/documents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ title, linkAccess: 'edit' }),
  });
  if (!answer.ok) throw new Error(`Weft made no document: ${await answer.text()}`);
  return (await answer.json()).id;
}

const app = express();
app.use(express.static(`${import.meta.dirname}/dist`));
app.get('/rooms/:name', async (request, response) => {
  const { name } = request.params;
  // The promise is kept, so that two who come at once get one room.
  if (!rooms.has(name)) rooms.set(name, makeDocument(name));
  response.json({ server, documentId: await rooms.get(name) });
});

const port = Number(process.env.PORT ?? 4000);
app.listen(port, '127.0.0.1', () => console.log(`Open http://localhost:${port}`));
