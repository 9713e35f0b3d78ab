import { setTimeout } from 'node:timers/promises';
import { inGroups } from '../load/in-groups.ts';
import type { Attack, Target } from './attack.ts';
import { HostileSocket } from './hostile-socket.ts';
import { openSocket, requestHead, writeAll } from './raw-http.ts';
import { Visitor } from './visitor.ts';

/** UTF-16 units: the largest document as shipped. */
const LARGEST = 5_000_000;
const QUICK = 50_000;
/** Milliseconds that an attacker keeps still to see what the server holds for it. */
const STILL = 20_000;
const QUICK_STILL = 500;

function lengthFor({ isQuick }: Target): number {
  return isQuick ? QUICK : LARGEST;
}

function keepStill({ isQuick }: Target): Promise<void> {
  return setTimeout(isQuick ? QUICK_STILL : STILL);
}

/** JSON writes U+0001 with six bytes. */
export const unreadJoins: Attack = {
  name: 'unread-joins',
  work: 'a document of 5,000,000 times U+0001; 100 sockets join it and read nothing',
  async prepare(target) {
    const documentId = await new Visitor(target).createDocument('\u0001'.repeat(lengthFor(target)));
    return async () => {
      const sockets = await inGroups(100, 100, () => HostileSocket.open(target, documentId));
      for (const hostile of sockets) {
        hostile.join();
        hostile.socket.pause();
      }
      await keepStill(target);
      return {};
    };
  },
};

export const pipelinedReads: Attack = {
  name: 'pipelined-reads',
  work: 'one connection asks 250 times for a text of 5,000,000 units without waiting, and reads nothing',
  async prepare(target) {
    const documentId = await new Visitor(target).createDocument('a'.repeat(lengthFor(target)));
    return async () => {
      const socket = await openSocket(target);
      await writeAll(socket, requestHead(target, `GET /api/documents/${documentId}/content`).repeat(250));
      await keepStill(target);
      return {};
    };
  },
};

/** Bytes that a slow reader takes each second. */
const SLOWLY = 2048;

export const slowReads: Attack = {
  name: 'slow-reads',
  work: '150 connections ask for a text of 5,000,000 units and take 2 kB of it a second',
  async prepare(target) {
    const documentId = await new Visitor(target).createDocument('a'.repeat(lengthFor(target)));
    return async () => {
      const sockets = await inGroups(150, 50, () => openSocket(target));
      for (const socket of sockets) socket.write(requestHead(target, `GET /api/documents/${documentId}/content`));
      const reading = setInterval(() => {
        for (const socket of sockets) socket.read(SLOWLY);
      }, 1000);
      await keepStill(target);
      clearInterval(reading);
      return {};
    };
  },
};
