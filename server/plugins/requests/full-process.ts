import { isOutOfFiles } from '../../limits/open-files.ts';
import type { App, AppDeps } from '../app-deps.ts';

/**
 * Notes what is refused because the process is full: connections beyond their number, connections that the system has no file for,
 * and answers that need one. None of them is an error of the server, and none ends it.
 */
export function fullProcess(app: App, { shortage, rooms, logger }: AppDeps): void {
  app.server.on('drop', () => {
    rooms.counters.droppedConnections += 1;
    shortage.noticed();
  });
  app.server.on('error', (error: NodeJS.ErrnoException) => {
    // What keeps it from listening is told by whoever starts it.
    if (!app.server.listening) return;
    if (isOutOfFiles(error)) shortage.noticed(error.code);
    else logger.error({ err: error }, 'A connection could not be taken');
  });
  app.addHook('onError', (_request, _reply, error, done) => {
    if (isOutOfFiles(error)) shortage.noticed(error.code);
    done();
  });
}
