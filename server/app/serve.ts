import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import type { Config } from '../setup/config.ts';
import { sessionIdOf } from '../access/identity.ts';
import { secretInFolder } from '../access/identity-secret.ts';
import { FileShortage } from '../limits/file-shortage.ts';
import { builtWebFolder, weftVersion } from '../setup/installation.ts';
import { connectionsWithin, openFilesLimit } from '../limits/open-files.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { InProcessBus } from '../bus/bus.ts';
import { DocumentOperations } from '../rooms/document-operations.ts';
import { RoomRegistry } from '../rooms/room-registry.ts';
import { OpenSockets } from '../plugins/requests/open-sockets.ts';
import { makeFolder } from '../base/make-folder.ts';
import { SqliteStore } from '../stores/sqlite/sqlite-store.ts';
import { storeBytes } from '../stores/sqlite/database/database-file.ts';
import { systemClock } from '../base/system-clock.ts';
import { openTokens } from '../tokens/open-tokens.ts';

/** A server that accepts connections. */
export interface RunningServer {
  /** Also where the configuration left it to the system. */
  readonly port: number;
  /** Absolute. */
  readonly dataFolder: string;
  readonly hasWebApp: boolean;
  /** Finishes what is queued, tells live sessions that the server restarts, and lets go of the data folder. */
  stop(): Promise<void>;
}

/** Opens the data folder and listens. Throws, and leaves nothing open, where one of them cannot be. */
export async function serve(settings: Config, logger: Logger): Promise<RunningServer> {
  const connections = connectionsWithin(settings.http.connections, openFilesLimit());
  const config = { ...settings, http: { ...settings.http, connections } };
  const dataFolder = resolve(config.dataFolder);
  makeFolder(dataFolder);
  const { compaction } = config;
  const clock = systemClock;
  const jobs = new BackgroundJobs({ clock, logger });
  const store = await SqliteStore.open({
    folder: dataFolder,
    maximumBytes: config.writes.storeBytes,
    compaction: compaction.interval === 0 ? undefined : { ...compaction, clock, jobs },
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
      // The only one on its folder, which is locked; the same name after a restart keeps the clients that it lends.
      node: 'server',
      sessionIdOf: (documentId, clientId) => sessionIdOf(secret, documentId, clientId),
    });
    const documents = new DocumentOperations(rooms);
    const webFolder = builtWebFolder();
    const shortage = new FileShortage({ clock, logger });
    const parts = { config, secret, store, catalogue: store, tokens, documents, rooms, shortage, clock, logger, jobs };
    const app = await buildApp({
      ...parts,
      webFolder,
      storeBytes: () => storeBytes(dataFolder),
      version: weftVersion(),
    });
    const sockets = new OpenSockets(app.server);
    const stop = async (): Promise<void> => {
      // No peer keeps the server, whatever it sends or leaves out; by then everything queued was answered.
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
