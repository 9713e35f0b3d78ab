import { isOutOfFiles } from '../../limits/open-files.ts';
import type { App, AppDeps } from '../app-deps.ts';

/**
 * Limits how many connections are open, and notes what is refused because the process is full: connections beyond the limit,
 * connections for which the system has no file, and answers that need one. None of these is an error of the server, and none ends it.
 */
export function connectionLimit(
  app: App,
  { config, shortage, rooms, logger }: Pick<AppDeps, 'config' | 'shortage' | 'rooms' | 'logger'>,
): void {
  app.server.maxConnections = config.http.connections;
  app.server.on('drop', () => {
    rooms.counters.droppedConnections += 1;
    shortage.noticed();
  });
  app.server.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever starts the server reports what keeps it from listening.
    if (!app.server.listening) return;
    if (isOutOfFiles(error)) shortage.noticed(error.code);
    else logger.error({ err: error }, 'A connection could not be taken');
  });
  app.addHook('onError', (_request, _reply, error, done) => {
    if (isOutOfFiles(error)) shortage.noticed(error.code);
    done();
  });
}
