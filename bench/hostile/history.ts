import { setTimeout } from 'node:timers/promises';
import { inGroups } from '../load/in-groups.ts';
import type { Attack, Target } from './attack.ts';
import { HostileSocket } from './hostile-socket.ts';
import { Visitor } from './visitor.ts';

const PIECES = 1000;
const CHANGES = 1500;
/** Milliseconds for which pages are asked for. */
const READING_FOR = 10_000;
/** Milliseconds after which nothing more is submitted. */
const SUBMITTING_FOR = 120_000;
const RANGES = 64;
/** Milliseconds until who was refused tries again. */
const REFUSED_FOR = 100;
/** Milliseconds until what was sent has been dealt with. */
const SETTLED = 3000;

/** A document whose every change has 1,000 pieces. */
async function piecemealDocument(target: Target): Promise<string> {
  const documentId = await new Visitor(target).createDocument('ab'.repeat(PIECES));
  const writer = await HostileSocket.open(target, documentId);
  writer.join();
  const init = JSON.parse(await writer.heard('document-init')) as { version: number };
  writer.version = init.version;
  for (let change = 0; change < CHANGES / (target.isQuick ? 100 : 1); change += 1) {
    await writer.submit(manyReplacements(String(change % 10)));
    writer.version += 1;
  }
  writer.socket.terminate();
  return documentId;
}

/** Every second unit is exchanged, so that nothing can be merged. */
function manyReplacements(text: string): object[] {
  return Array.from({ length: PIECES }, (_, index) => ({ type: 'replace', from: 2 * index, to: 2 * index + 1, text }));
}

export const oldCarets: Attack = {
  name: 'old-carets',
  work: '1,500 changes of 1,000 pieces; then three carets with 64 ranges at a version before all of them',
  async prepare(target) {
    const documentId = await piecemealDocument(target);
    const sender = await HostileSocket.open(target, documentId);
    sender.join();
    await sender.heard('document-init');
    return async () => {
      const ranges = Array.from({ length: RANGES }, (_, index) => ({ anchor: 20 * index, head: 20 * index + 9 }));
      for (let message = 0; message < 3; message += 1) sender.send({ type: 'cursor', version: 1, ranges });
      await setTimeout(SETTLED);
      return {};
    };
  },
};

export const oldBases: Attack = {
  name: 'old-bases',
  work: 'the same history; then 20 sockets submit 1,000 pieces each, ten times, on the version before all of it, for two minutes at most',
  async prepare(target) {
    const documentId = await piecemealDocument(target);
    const senders = await inGroups(20, 20, () => HostileSocket.open(target, documentId));
    for (const sender of senders) {
      const joined = sender.heard('document-init');
      sender.join();
      await joined;
      sender.version = 1;
    }
    return async () => {
      const end = performance.now() + SUBMITTING_FOR;
      await Promise.all(
        senders.map(async (sender, hand) => {
          for (let change = 0; change < 10 && performance.now() < end; change += 1)
            await sender.submit(manyReplacements(String(hand % 10)));
        }),
      );
      return {};
    };
  },
};

export const farJoins: Attack = {
  name: 'far-joins',
  work: 'the same history; then 50 sockets join with the version before all of it, again and again for ten seconds',
  async prepare(target) {
    const documentId = await piecemealDocument(target);
    return async () => {
      const end = performance.now() + READING_FOR / (target.isQuick ? 10 : 1);
      await inGroups(50, 50, async () => {
        while (performance.now() < end) {
          const socket = await HostileSocket.open(target, documentId);
          if (!socket.isOpen) {
            await setTimeout(REFUSED_FOR);
            continue;
          }
          socket.join({ version: 1 });
          await Promise.race([socket.heard('document-').catch(() => undefined), setTimeout(SETTLED)]);
          socket.socket.terminate();
        }
      });
      return {};
    };
  },
};

export const changePages: Attack = {
  name: 'change-pages',
  work: 'the same history; then four visitors without a cookie ask for pages of it for ten seconds',
  async prepare(target) {
    const documentId = await piecemealDocument(target);
    return async () => {
      const end = performance.now() + READING_FOR / (target.isQuick ? 10 : 1);
      let pagesRead = 0;
      await inGroups(4, 4, async () => {
        while (performance.now() < end) {
          const { status } = await new Visitor(target).ask(
            'GET',
            `/api/documents/${documentId}/changes?after=0&limit=1000`,
          );
          if (status === 200) pagesRead += 1;
          else await setTimeout(REFUSED_FOR);
        }
      });
      return { pagesRead };
    };
  },
};

export const titles: Attack = {
  name: 'titles',
  work: 'the owner changes the title again and again for five seconds, before 150 readers',
  async prepare(target) {
    const owner = await new Visitor(target).enter();
    const documentId = await owner.createDocument('');
    const readers = await inGroups(150, 50, () => HostileSocket.open(target, documentId));
    for (const reader of readers) reader.join();
    await setTimeout(SETTLED);
    return async () => {
      for (const reader of readers) reader.received = 0;
      const end = performance.now() + READING_FOR / (target.isQuick ? 20 : 2);
      for (let round = 0; performance.now() < end; round += 1) {
        const title = `${round} `.padEnd(200, 'title ').trim();
        await owner.ask('PATCH', `/api/documents/${documentId}`, JSON.stringify({ title }));
      }
      await setTimeout(SETTLED);
      return { sentMegabytes: readers.reduce((sum, { received }) => sum + received, 0) / 1e6 };
    };
  },
};
