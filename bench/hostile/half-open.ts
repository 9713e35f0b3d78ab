import { setTimeout } from 'node:timers/promises';
import { inGroups } from '../load/in-groups.ts';
import type { Attack } from './attack.ts';
import { openSocket, requestHead } from './raw-http.ts';
import { Visitor } from './visitor.ts';

/** Of each kind. */
const PEERS = 50;
/** Milliseconds: twice what the head of a request may take. */
const STILL = 20_000;
const QUICK_STILL = 500;

/** The peers live as long as their process: the server has to let go of them, and to stop beside them. */
export const halfOpen: Attack = {
  name: 'half-open',
  work: '100 peers that never read nor hang up: half of them never end the head of their request, half ask for a bad upgrade',
  async prepare(target) {
    const documentId = await new Visitor(target).createDocument('');
    return async () => {
      await inGroups(PEERS, PEERS, async () => {
        (await openSocket(target)).write('GET / HTTP/1.1\r\nhost: weft.test\r\n');
        const headers = {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': 13,
          'sec-websocket-key': 'x',
        };
        (await openSocket(target)).write(requestHead(target, `GET /live/${documentId}`, headers));
      });
      await setTimeout(target.isQuick ? QUICK_STILL : STILL);
      return {};
    };
  },
};
