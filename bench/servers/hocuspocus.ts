import type { ServerAdapter } from '../server-under-test.ts';
import { PeerProcess } from './peer-process.ts';
import { YjsPeer } from './yjs-peer.ts';

/** Hocuspocus with its SQLite extension; it stores documents some seconds after they changed. */
export const hocuspocus: ServerAdapter = {
  name: 'hocuspocus',
  isDurable: false,
  isOrdered: false,
  inFlight: Infinity,
  start: async (options) => new YjsPeer(await PeerProcess.start('hocuspocus', options), { isHocuspocus: true }),
};
