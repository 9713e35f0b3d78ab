import type { ServerAdapter } from '../server-under-test.ts';
import { PeerProcess } from './peer-process.ts';
import { YjsPeer } from './yjs-peer.ts';

/** y-websocket's server, which keeps documents in memory. */
export const yWebsocket: ServerAdapter = {
  name: 'y-websocket',
  isDurable: false,
  isOrdered: false,
  inFlight: Infinity,
  start: async (options) => new YjsPeer(await PeerProcess.start('y-websocket', options), { isHocuspocus: false }),
};
