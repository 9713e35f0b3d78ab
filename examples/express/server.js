import express from 'express';
import { signToken } from 'weftdoc/token';
import { notesPage } from './page.js';

// The secret that Weft has too (WEFT_JWT_SECRET there), its address, and a document of it.
const {
  WEFT_JWT_SECRET: secret,
  WEFT_SERVER: server = 'http://localhost:3000',
  WEFT_DOCUMENT: documentId,
} = process.env;
if (!secret || !documentId) throw new Error('Set WEFT_JWT_SECRET and WEFT_DOCUMENT; see README.md');

/** Who is who in your application, and what they may do: here, by `?user=` of the address. Yours has a session that says it. */
const USERS = {
  ada: { id: 'ada', name: 'Ada', role: 'editor' },
  vic: { id: 'vic', name: 'Vic', role: 'viewer' },
};
const userOf = (request) => USERS[request.query.user] ?? USERS.ada;

const app = express();

app.get('/', (request, response) => response.send(notesPage(userOf(request), { server, documentId })));

app.get('/weft-token', async (request, response) => {
  const { id, name, role } = userOf(request);
  response.type('text/plain').send(await signToken({ id, name, documents: [{ id: documentId, role }] }, secret));
});

const port = Number(process.env.PORT ?? 4000);
app.listen(port, '127.0.0.1', () => console.log(`Open http://localhost:${port}`));
