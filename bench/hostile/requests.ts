import { setTimeout } from 'node:timers/promises';
import { inGroups } from '../load/in-groups.ts';
import type { Attack } from './attack.ts';
import { openSocket, requestHead, statusOf, writeAll } from './raw-http.ts';
import { Visitor } from './visitor.ts';

/** Bytes. */
const BODY = 15_000_000;
/** Milliseconds. */
const CREATING_FOR = 6000;
const ABORTED_AFTER = 50;

export const strangeBodies: Attack = {
  name: 'strange-bodies',
  work: '60 bodies of 15 MB at once, without a cookie, for a document that is not there',
  async prepare(target) {
    const body = Buffer.alloc(target.isQuick ? BODY / 100 : BODY, 'a');
    return async () => {
      const headers = { 'content-type': 'text/plain', 'content-length': body.length };
      const head = requestHead(target, 'PUT /api/documents/not-a-document/content', headers);
      const sockets = await inGroups(60, 60, () => openSocket(target));
      await Promise.all(
        sockets.map(async (socket) => {
          socket.resume();
          await writeAll(socket, head);
          await writeAll(socket, body);
          socket.end();
        }),
      );
      return {};
    };
  },
};

export const passwords: Attack = {
  name: 'passwords',
  work: '150 times a share link with a password is asked for, and given up after 50 ms',
  async prepare(target) {
    const owner = await new Visitor(target).enter();
    const documentId = await owner.createDocument('');
    const body = JSON.stringify({ role: 'viewer', password: 'a password that takes time' });
    return async () => {
      const headers = { ...owner.headers, 'content-type': 'application/json', 'content-length': body.length };
      const head = requestHead(target, `POST /api/documents/${documentId}/links`, headers);
      const sockets = await inGroups(150, 150, () => openSocket(target));
      for (const socket of sockets) socket.write(head + body);
      await setTimeout(ABORTED_AFTER);
      for (const socket of sockets) socket.destroy();
      return {};
    };
  },
};

export const creating: Attack = {
  name: 'creating',
  work: 'somebody without a cookie makes documents of 5 MB for six seconds, four at a time',
  async prepare(target) {
    const visitor = new Visitor(target);
    const body = JSON.stringify({ content: 'a'.repeat(target.isQuick ? 50_000 : 5_000_000) });
    return async () => {
      const end = performance.now() + CREATING_FOR / (target.isQuick ? 10 : 1);
      let documentsMade = 0;
      const go = async (): Promise<void> => {
        while (performance.now() < end) {
          const { status } = await visitor.ask('POST', '/api/documents', body);
          if (status === 201) documentsMade += 1;
          else await setTimeout(ABORTED_AFTER);
        }
      };
      await Promise.all(Array.from({ length: 4 }, go));
      return { documentsMade };
    };
  },
};

export const emptyTitle: Attack = {
  name: 'empty-title',
  work: 'a title of 9,000,000 times U+200B, which shows nothing',
  async prepare(target) {
    const owner = await new Visitor(target).enter();
    const documentId = await owner.createDocument('');
    const body = JSON.stringify({ title: '\u200b'.repeat(target.isQuick ? 10_000 : 9_000_000) });
    return async () => {
      const made = await owner.ask('POST', '/api/documents', body);
      const socket = await openSocket(target);
      let answer = '';
      socket.on('data', (data: Buffer) => (answer += data.toString('latin1')));
      socket.resume();
      const headers = {
        ...owner.headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      await writeAll(socket, requestHead(target, `PATCH /api/documents/${documentId}`, headers));
      await writeAll(socket, body);
      while (statusOf(answer) === undefined && !socket.destroyed) await setTimeout(ABORTED_AFTER);
      socket.destroy();
      return { status: Math.max(made.status, statusOf(answer) ?? 0) };
    };
  },
};
