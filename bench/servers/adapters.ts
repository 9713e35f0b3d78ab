import type { ServerAdapter } from '../server-under-test.ts';

/** Everything that can be measured, by name. Loaded on demand: what a peer needs is not always installed. */
const ADAPTERS: Readonly<Record<string, () => Promise<ServerAdapter>>> = {
  'plain relay': async () => (await import('./relay.ts')).plainRelay,
  'durable relay': async () => (await import('./relay.ts')).durableRelay,
  weft: async () => (await import('./weft.ts')).weft,
  sharedb: async () => (await import('./sharedb.ts')).shareDb,
  hocuspocus: async () => (await import('./hocuspocus.ts')).hocuspocus,
  'y-websocket': async () => (await import('./y-websocket.ts')).yWebsocket,
};

/** Rejects where there is no such server. */
export async function loadAdapter(name: string): Promise<ServerAdapter> {
  const load = ADAPTERS[name];
  if (load === undefined) throw new Error(`There is no server named ${name}`);
  return load();
}
