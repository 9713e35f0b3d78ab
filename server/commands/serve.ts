import { styleText } from 'node:util';
import { weftVersion } from '../setup/installation.ts';
import { createLogger } from '../setup/log.ts';
import { openFilesLimit, tooFewFiles } from '../limits/open-files.ts';
import { serve, type RunningServer } from '../app/serve.ts';
import type { Config } from '../setup/config.ts';
import { startFailure } from '../setup/start-failure.ts';
import { CommandError, readSettings, type Command } from './command.ts';

/** `weft serve`: starts the server, says so, and stops it on a signal. */
export const serveCommand: Command = {
  usage: `Usage: weft [serve] [options]

Starts the server.

  --port NUMBER   the port, 3000 unless set (PORT)
  --host ADDRESS  the address to listen on, 127.0.0.1 unless set (HOST)
  --data FOLDER   where documents are kept, ./data unless set (WEFT_DATA)

All settings are described in docs/configuration.md.`,
  options: { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' } },
  words: 0,
  async run({ options: { port, host, data } }) {
    const { config, unknown, former } = readSettings({ PORT: port, HOST: host, WEFT_DATA: data });
    const logger = createLogger(config.logLevel);
    for (const name of unknown) logger.warn({ name }, 'There is no such setting');
    for (const { name, now } of former)
      logger.warn({ name, now }, 'This setting has a new name; the old one works in this version only');

    const tooFew = tooFewFiles(openFilesLimit());
    if (tooFew !== undefined) throw new CommandError(tooFew);

    let running: RunningServer | undefined;
    let isStopping = false;
    const stop = (exitCode: number): void => {
      if (running === undefined) process.exit(1);
      if (isStopping) killOneself();
      isStopping = true;
      setTimeout(() => {
        logger.fatal('Stopping took too long; what was acknowledged is safe');
        killOneself();
      }, config.shutdownTimeout).unref();
      running.stop().then(
        () => process.exit(exitCode),
        (error: unknown) => {
          logger.fatal({ err: error }, 'Stopping failed');
          process.exit(1);
        },
      );
    };
    const crash = (error: unknown): void => {
      logger.fatal({ err: error }, 'An error was not handled');
      stop(1);
    };
    process.on('uncaughtException', crash).on('unhandledRejection', crash);
    // SIGHUP comes when the terminal is closed.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!isStopping) console.log('Stopping …');
        stop(0);
      });
    }

    // By default SIGUSR1 opens a debugger and SIGUSR2 ends the process.
    for (const signal of ['SIGUSR1', 'SIGUSR2'] as const) process.on(signal, () => undefined);

    try {
      running = await serve(config, logger);
    } catch (error) {
      const stack = error instanceof Error ? error.stack : String(error);
      throw new CommandError(startFailure(error, config) ?? `Weft could not start: ${stack}`);
    }
    console.log(greeting(running, config));
    return undefined;
  },
};

function greeting({ port, dataFolder, hasWebApp }: RunningServer, { host: listensOn, basePath }: Config): string {
  const isOpen = ['0.0.0.0', '::'].includes(listensOn);
  const host = isOpen || listensOn === '127.0.0.1' ? 'localhost' : listensOn;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${port}${basePath}`;
  const shown = process.stdout.isTTY ? styleText(['bold', 'cyan'], address) : address;
  return [
    `Weft ${weftVersion()} is ready at ${shown}${isOpen ? ' and every other address of this machine' : ''}`,
    `Documents are kept in ${dataFolder}`,
    ...(hasWebApp ? [] : ['The web app is not built (npm run build); only the API is served']),
    'Press Ctrl+C to stop',
  ].join('\n');
}

/**
 * Ends at once, whatever hangs. `process.exit` would wait for the store's thread; a thread that is stopped inside SQLite aborts the
 * process with a native stack trace.
 */
function killOneself(): void {
  process.kill(process.pid, 'SIGKILL');
}
