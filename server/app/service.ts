import { resolve } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { buildApp } from './app.ts';
import { OpenConnections } from './open-connections.ts';
import type { Config } from '../setup/config.ts';
import { sessionIdOf } from '../access/identity.ts';
import { secretInFolder } from '../access/identity-secret.ts';
import { FileShortage } from '../limits/open-files.ts';
import { builtEmbedFolder, builtWebFolder, weftVersion } from '../setup/installation.ts';
import { BackgroundJobs } from '../base/background-jobs.ts';
import { InProcessBus } from '../bus/bus.ts';
import { DocumentOperations } from '../rooms/document-operations.ts';
import { RoomRegistry } from '../rooms/room-registry.ts';
import { makeFolder } from '../base/durable-files.ts';
import { SqliteStore } from '../stores/sqlite/sqlite-store.ts';
import { storeBytes } from '../stores/sqlite/database/database-file.ts';
import { systemClock } from '../base/clock.ts';
import type { App, AppDeps } from '../plugins/app-deps.ts';
import { openTokens } from '../tokens/token-verifier.ts';

/** Everything that is open: the app, which does not listen, and the data folder that it works on. */
export interface Service {
  readonly app: App;
  /** Absolute. */
  readonly dataFolder: string;
  readonly hasWebApp: boolean;
  /** Whoever lets connections in adds them here. */
  readonly connections: OpenConnections;
  /**
   * Finishes what is queued and tells live sessions that the server restarts. No peer may then keep the server open, whatever it sends
   * or leaves out: what is still open after half of the shutdown timeout is destroyed.
   */
  finish(): Promise<void>;
  /** Finishes, and releases the data folder. Requests that still run then fail. */
  release(): Promise<void>;
}

/** Opens the data folder. If that fails it throws and leaves nothing open. */
export async function openService(
  config: Config,
  logger: FastifyBaseLogger,
  requestIdOf?: AppDeps['requestIdOf'],
): Promise<Service> {
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
      requestIdOf,
      storeBytes: () => storeBytes(dataFolder),
      version: weftVersion(),
    });
    const connections = new OpenConnections();
    let finished: Promise<void> | undefined;
    let cancel = (): void => undefined;
    const finish = (): Promise<void> => {
      if (finished === undefined) {
        cancel = clock.after(config.shutdownTimeout / 2, () => connections.destroy());
        finished = app.close();
      }
      return finished;
    };
    const release = async (): Promise<void> => {
      await finish();
      cancel();
      await store.close();
    };
    return { app, dataFolder, hasWebApp: webFolder !== undefined, connections, finish, release };
  } catch (error) {
    await store.close();
    throw error;
  }
}
