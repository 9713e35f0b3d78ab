import { isIPv6 } from 'node:net';
import { ConfigError, type Config } from './config.ts';
import { StoreError } from '../stores/store-error.ts';

/**
 * The message if the server does not start: what is wrong, and what to do. Undefined for errors that only a developer can explain.
 */
export function startFailure(error: unknown, config?: Config): string | undefined {
  if (error instanceof ConfigError || (error instanceof StoreError && error.code.startsWith('STORE_')))
    return error.message;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { port = 0, host = '', dataFolder = '' } = config ?? {};
  if ('syscall' in error && (error.syscall === 'listen' || error.syscall === 'getaddrinfo')) {
    switch (error.code) {
      case 'EADDRINUSE':
        return `Port ${port} on ${host} is in use. Stop what uses it, or choose another port: PORT=${nextPort(port)} npm start`;
      case 'EACCES':
        return `Port ${port} needs more rights than this user has. Choose one above 1023: PORT=3000 npm start`;
      case 'EADDRNOTAVAIL':
      case 'ENOTFOUND':
      case 'EAI_AGAIN':
        return `${isIPv6(host) ? `[${host}]` : host} is not an address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for all.`;
    }
  }
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENOENT':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_READONLY':
    case 'SQLITE_READONLY_DIRECTORY':
      return `The data folder ${dataFolder} cannot be written (${error.message}). Mend its rights, or set WEFT_DATA to another folder.`;
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return `There is no room left on the disk of the data folder ${dataFolder}.`;
  }
  if (error instanceof StoreError) {
    return `The database in ${dataFolder} cannot be opened: ${error.message} (${error.code}). docs/operations.md says what to do.`;
  }
  return undefined;
}

function nextPort(port: number): number {
  return port < 65_535 ? port + 1 : 3000;
}
