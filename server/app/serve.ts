import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import type { Config } from '../setup/config.ts';
import { sessionIdOf } from '../access/identity.ts';
import { secretInFolder } from '../access/identity-secret.ts';
import { FileShortage, connectionsWithin, openFilesLimit } from '../limits/open-files.ts';
import { builtEmbedFolder, builtWebFolder, weftVersion } from '../setup/installation.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { InProcessBus } from '../bus/bus.ts';
import { DocumentOperations } from '../rooms/document-operations.ts';
import { RoomRegistry } from '../rooms/room-registry.ts';
import { makeFolder } from '../base/durable-files.ts';
import { SqliteStore } from '../stores/sqlite/sqlite-store.ts';
import { storeBytes } from '../stores/sqlite/database/database-file.ts';
import { systemClock } from '../base/clock.ts';
import { openTokens } from '../tokens/token-verifier.ts';

/** A server that accepts connections. */
export interface RunningServer {
  /** The actual port, also if the configuration says 0. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  readonly hasWebApp: boolean;
  /** Finishes what is queued, tells live sessions that the server restarts, and releases the data folder. */
  stop(): Promise<void>;
}

/** Opens the data folder and listens. If either fails it throws and leaves nothing open. */
export async function serve(settings: Config, logger: Logger): Promise<RunningServer> {
  const connections = connectionsWithin(settings.http.connections, openFilesLimit());
  const config = { ...settings, http: { ...settings.http, connections } };
  const dataFolder = resolve(config.dataFolder);
  makeFolder(dataFolder);
  const { compaction, indexing } = config;
  const clock = systemClock;
  const jobs = new BackgroundJobs({ clock, logger });
  const store = await SqliteStore.open({
    folder: dataFolder,
    maximumBytes: config.writes.storeBytes,
    compaction: compaction.interval === 0 ? undefined : { ...compaction, clock, jobs },
    indexing: { ...indexing, clock, jobs },
    report: (message) => logger.warn(message),
  });
  try {
    const secret = config.secret ?? (await secretInFolder(dataFolder));
    const tokens = await openTokens(config, { clock, jobs });
    const rooms = new RoomRegistry({
      store,
      catalogue: store,
      bus: new InProcessBus(),
      clock,
      limits: config.limits,
      logger,
      jobs,
      // The folder is locked, so there is one node. Its name must stay the same, for the clients that it lends to survive a restart.
      node: 'server',
      sessionIdOf: (documentId, clientId) => sessionIdOf(secret, documentId, clientId),
    });
    const documents = new DocumentOperations(rooms);
    const webFolder = builtWebFolder();
    const shortage = new FileShortage({ clock, logger });
    const deps = { config, secret, store, catalogue: store, tokens, documents, rooms, shortage, clock, logger, jobs };
    const app = await buildApp({
      ...deps,
      webFolder,
      embedFolder: builtEmbedFolder(),
      storeBytes: () => storeBytes(dataFolder),
      version: weftVersion(),
    });
    const sockets = new OpenSockets(app.server);
    const stop = async (): Promise<void> => {
      // By then everything queued was answered. No peer may keep the server open, whatever it sends or leaves out.
      const cancel = clock.after(config.shutdownTimeout / 2, () => sockets.destroy());
      await app.close();
      cancel();
      await store.close();
    };
    try {
      await app.listen({ port: config.port, host: config.host });
    } catch (error) {
      await app.close();
      throw error;
    }
    const { port } = app.server.address() as AddressInfo;
    return { port, dataFolder, hasWebApp: webFolder !== undefined, stop };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** All connections of a server, including upgraded and refused ones, which Node does not track. */
class OpenSockets {
  readonly #sockets = new Set<Socket>();

  /** Tracks the connections that are accepted from now on. */
  constructor(server: Server) {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Destroys those that are still open. */
  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
