import { randomBytes } from 'node:crypto';
import Fastify from 'fastify';
import { weft } from 'weftdoc/fastify';
import { signToken } from 'weftdoc/token';
import { homePage } from './page.js';

/** Who is who in your application: here, by `?user=` of the address. Yours has a session that says it. */
const USERS = { ada: { id: 'ada', name: 'Ada' }, ben: { id: 'ben', name: 'Ben' } };
const userOf = (request) => USERS[request.query.user] ?? USERS.ada;

// The same process signs and checks, so nobody else needs to know it.
const jwtSecret = process.env.WEFT_JWT_SECRET ?? randomBytes(32).toString('base64url');
const app = Fastify({ requestTimeout: 120_000 });

await app.register(weft, { prefix: '/weft', data: process.env.WEFT_DATA ?? './data', jwtSecret, guests: false });

app.get('/', (request, reply) => reply.type('text/html').send(homePage(userOf(request), documentId)));
app.get('/weft-token', (request) => signToken(userOf(request), jwtSecret));
app.get('/api/time', () => ({ time: new Date().toISOString() }));

/** One document for everybody here. In your application, its id would be in your database. */
let documentId;
app.addHook('onListen', async () => {
  const authorization = `Bearer ${await signToken({ id: 'application', name: 'The application' }, jwtSecret)}`;
  const [{ port }] = app.addresses();
  const answer = await fetch(`http://127.0.0.1:${port}/weft/api/documents`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Plan of the week', linkAccess: 'edit' }),
  });
  documentId = (await answer.json()).id;
});

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close());
console.log(`Open ${await app.listen({ port: Number(process.env.PORT ?? 4000), host: '127.0.0.1' })}`);
