import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { openService } from './service.ts';
import type { Config } from '../setup/config.ts';
import { connectionsWithin, openFilesLimit } from '../limits/open-files.ts';

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
  const service = await openService(config, logger);
  const { app, dataFolder, hasWebApp } = service;
  app.server.on('connection', (socket) => service.connections.add(socket));
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await service.release();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  return { port, dataFolder, hasWebApp, stop: () => service.release() };
}
